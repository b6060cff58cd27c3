import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#shared/errors/coded-error.ts';
import { messages } from './messages.ts';

const en = messages('en');
const de = messages('de');

/** Names in braces that a text takes values for; the words after a plural's or a select's case are none. */
const needs = (text: string): string[] =>
  [
    ...new Set(
      [
        ...text.matchAll(
          /(?<!\b(?:zero|one|two|few|many|other|true|false|yes|no) ?|=\d+ ?)\{\s*(\w+)\s*[,}]/g,
        ),
      ].map(([, name]) => name ?? ''),
    ),
  ].sort();

describe('texts', () => {
  it('exist in every language', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  it('take the same values in every language', () => {
    for (const [id, text] of Object.entries(en)) expect([id, needs(de[id] ?? '')]).toEqual([id, needs(text)]);
  });

  it('are well formed', () => {
    for (const [locale, texts] of [
      ['en', en],
      ['de', de],
    ] as const) {
      const problems: string[] = [];
      const intl = createIntl({ locale, messages: texts, onError: (error) => problems.push(error.message) });
      for (const [id, text] of Object.entries(texts)) {
        const values = Object.fromEntries(needs(text).map((name) => [name, 1]));
        intl.formatMessage({ id }, values);
      }
      expect(problems).toEqual([]);
    }
  });

  it('name every error code', () => {
    for (const code of ERROR_CODES) expect(en).toHaveProperty([`errors.${code}`]);
  });
});
