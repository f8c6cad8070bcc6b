/** A cell that no spreadsheet takes for a formula, quoted where it has to be. */
function cell(value: string | number | null | undefined): string {
  if (value == null) return "";
  const text = String(value);
  const harmless = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export type CsvRow = readonly (string | number | null | undefined)[];

export function csvLine(row: CsvRow): string {
  return `${row.map(cell).join(",")}\r\n`;
}

/**
 * Saves rows as a file, page by page as they are fetched; a byte order mark makes spreadsheets read UTF-8.
 *
 * @param pages of rows, the header is given apart
 */
export async function saveCsv(name: string, header: CsvRow, pages: AsyncIterable<CsvRow[]> | Iterable<CsvRow[]>) {
  const chunks: string[] = ["\uFEFF", csvLine(header)];
  for await (const rows of pages) chunks.push(rows.map(csvLine).join(""));
  save(name, new Blob(chunks, { type: "text/csv;charset=utf-8" }));
}

export function save(name: string, content: Blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
