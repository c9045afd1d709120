/** A prompt with the fields of an item: `answer en {question}`. A field the item has not stays as it is. */
export function fillPrompt(prompt: string, fields: Readonly<Record<string, string>>): string {
  return prompt.replace(/\{(\w+)\}/g, (whole, name: string) => fields[name] ?? whole);
}
