/** Types text where the caret is. */
export function insertText(
  input: (HTMLInputElement & HTMLTextAreaElement) | null,
  text: string,
  change: (next: string) => void,
): void {
  if (!input) return;
  input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
  change(input.value);
}

/** The text with the line of the caret one place up or down, and where the caret is then; null at the end. */
export function moveLine(
  text: string,
  caret: number,
  step: 1 | -1,
): { readonly text: string; readonly caret: number } | null {
  const lines = text.split('\n');
  const at = text.slice(0, caret).split('\n').length - 1;
  const to = at + step;
  const [line, other] = [lines[at], lines[to]];
  if (line === undefined || other === undefined) return null;
  lines[at] = other;
  lines[to] = line;
  return { text: lines.join('\n'), caret: caret + step * (other.length + 1) };
}

/** The tag that is being typed: what follows the last comma. */
export function lastTag(text: string): string {
  return text.slice(text.lastIndexOf(',') + 1).trim();
}

/** The text with its last tag replaced and room for the next one. */
export function withTag(text: string, tag: string): string {
  const before = text.slice(0, text.lastIndexOf(',') + 1).trim();
  return before === '' ? tag : `${before} ${tag}`;
}
