/** Health. */
export default function StatusView() {
  return (
    <div className="view">
      <h1>Health</h1>
    </div>
  );
}
