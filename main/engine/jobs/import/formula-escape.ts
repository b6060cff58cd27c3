/**
 * A spreadsheet runs a cell that begins with = + - @ TAB or CR. Such text gets
 * a leading apostrophe on the way out, and exactly that apostrophe is taken
 * off on the way in. Text that already looks escaped gets one more, so the
 * two are inverses for every text.
 */
export function escapeFormula(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

export function unescapeFormula(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
