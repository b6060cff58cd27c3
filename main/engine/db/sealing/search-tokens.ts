import { createHmac } from 'node:crypto';

/** The search index knows nothing shorter. */
export const GRAM = 3;
/** Distinct trigrams remembered; names and numbers of a million orders have fewer. */
const REMEMBERED = 200_000;

export type TokenHash = (gram: string) => string;

/** Turns a trigram into a word of six letters and digits that only the holder of the key can make. */
export function tokenHash(key: Buffer | string): TokenHash {
  const known = new Map<string, string>();
  return (gram) => {
    let token = known.get(gram);
    if (token === undefined) {
      token = (createHmac('sha256', key).update(gram).digest().readUInt32BE(0) >>> 1)
        .toString(36)
        .padStart(6, '0');
      if (known.size >= REMEMBERED) known.clear();
      known.set(gram, token);
    }
    return token;
  };
}

/**
 * The trigrams of a text in their order, each as a word of its own: a phrase of
 * such words is found where the text is found, whatever its case.
 */
export function searchTokens(text: string, hash: TokenHash): string {
  const letters = Array.from(text.toLowerCase());
  const tokens: string[] = [];
  for (let from = 0; from + GRAM <= letters.length; from += 1) {
    tokens.push(hash(letters.slice(from, from + GRAM).join('')));
  }
  return tokens.join(' ');
}

/** The same for what is nobody's secret: numbers and SKUs. */
const open = tokenHash('open');
export const openTokens = (text: string): string => searchTokens(text, open);
