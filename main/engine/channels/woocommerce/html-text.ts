const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&#038;': '&',
  '&#38;': '&',
  '&quot;': '"',
  '&#034;': '"',
  '&#039;': "'",
  '&#39;': "'",
};

/**
 * WordPress stores names with `&` and quotes escaped. Only these are undone:
 * an escaped `<` stays as it is, because it would come back as markup.
 */
export function unescapeName(text: string): string {
  return text.replace(/&(?:amp|quot|#0?38|#0?34|#0?39);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** Text of a short piece of markup. */
export function stripTags(html: string): string {
  return unescapeName(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

/** HTML that differs only in what the shop tidies up: entities, line ends, void tags, spaces around tags. */
export function tidyHtml(html: string): string {
  return unescapeName(html)
    .replace(/\r\n?/g, '\n')
    .replace(/&gt;/g, '>')
    .replace(/<([a-z0-9]+)([^<>]*?)\s*\/>/gi, '<$1$2>')
    .replace(/\s+/g, ' ')
    .replace(/\s*(<[^<>]*>)\s*/g, '$1')
    .trim();
}
