/** Where a file that is served lies. */
export interface FilePlace {
  readonly folder: string;
  /** Its name in the folder. */
  readonly file: string;
}
