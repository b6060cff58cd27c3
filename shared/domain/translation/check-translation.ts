import { normalText } from './similarity.ts';

export interface Term {
  readonly source: string;
  readonly target: string;
}

export interface TranslationIssue {
  readonly code: 'TERM_MISSING' | 'PLACEHOLDER_MISSING' | 'PLACEHOLDER_EXTRA';
  /** The word that is meant, as it has to stand. */
  readonly detail: string;
}

/** What a translation has to keep as it is: {name}, %s, %1$s, {{ liquid }}, HTML tags. */
export const PLACEHOLDER = /\{\{[^{}]*\}\}|\{[A-Za-z0-9_.]+\}|%(?:\d+\$)?[sdf]|<\/?[A-Za-z][^<>]*>/g;

/** What is wrong with a translation by the glossary and by its placeholders; an empty one has no issue. */
export function checkTranslation(source: string, target: string, terms: readonly Term[]): TranslationIssue[] {
  if (target.trim() === '') return [];
  const issues: TranslationIssue[] = [];
  const wanted = normalText(target);
  for (const term of terms) {
    if (hasWord(normalText(source), normalText(term.source)) && !wanted.includes(normalText(term.target)))
      issues.push({ code: 'TERM_MISSING', detail: term.target });
  }
  const left = counts(source);
  const right = counts(target);
  for (const [mark, count] of left)
    if ((right.get(mark) ?? 0) < count) issues.push({ code: 'PLACEHOLDER_MISSING', detail: mark });
  for (const [mark, count] of right)
    if ((left.get(mark) ?? 0) < count) issues.push({ code: 'PLACEHOLDER_EXTRA', detail: mark });
  return issues;
}

/** As a word of its own: "oak" is not in "soaked". */
function hasWord(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = [text[at - 1] ?? ' ', text[at + word.length] ?? ' '];
    if (around.every((char) => !/[\p{L}\p{N}]/u.test(char))) return true;
  }
  return false;
}

function counts(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [mark] of text.matchAll(PLACEHOLDER)) found.set(mark, (found.get(mark) ?? 0) + 1);
  return found;
}
