import type { Attributes, Entry } from './records.ts';

/**
 * Attributes are lists of entries, and selectors inside an entry say where it
 * holds: `marketplace_id` (none = everywhere) and, for texts, `language_tag`.
 * A write replaces a whole attribute, so everything that is not ours is sent
 * back as it came.
 */
export interface Scope {
  readonly marketplaceId: string;
  /** For texts that have none yet; null leaves it to Amazon. */
  readonly language: string | null;
}

export interface Patch {
  readonly op: 'replace' | 'delete';
  readonly path: string;
  readonly value: readonly Entry[];
}

export function entriesOf(attributes: Attributes, name: string): readonly Entry[] {
  return attributes[name] ?? [];
}

/** Entries of this marketplace, in one language when there are several. */
export function oursOf(attributes: Attributes, name: string, scope: Scope): readonly Entry[] {
  const here = entriesOf(attributes, name).filter((entry) => isHere(entry, scope));
  const languages = new Set(here.map((entry) => entry['language_tag']));
  if (languages.size <= 1) return here;
  const chosen = languages.has(scope.language) ? scope.language : here[0]?.['language_tag'];
  return here.filter((entry) => entry['language_tag'] === chosen);
}

export function isHere(entry: Entry, scope: Scope): boolean {
  const marketplace = entry['marketplace_id'];
  return marketplace === undefined || marketplace === scope.marketplaceId;
}

export function textsOf(attributes: Attributes, name: string, scope: Scope, key = 'value'): string[] {
  return oursOf(attributes, name, scope).flatMap((entry) => {
    const value = entry[key];
    return typeof value === 'string' ? [value] : [];
  });
}

/** The attribute with our entries replaced; an entry's other sub-fields stay. */
export function withTexts(
  attributes: Attributes,
  name: string,
  scope: Scope,
  values: readonly string[],
  { key = 'value', hasLanguage = true }: { key?: string; hasLanguage?: boolean } = {},
): Patch | null {
  const ours = oursOf(attributes, name, scope);
  const language = ours[0]?.['language_tag'] ?? scope.language ?? undefined;
  const next = values.map((value, index): Entry => ({
    ...(ours[index] ?? {
      marketplace_id: scope.marketplaceId,
      ...(hasLanguage && language !== undefined ? { language_tag: language } : {}),
    }),
    [key]: value,
  }));
  return patchOf(attributes, name, ours, next);
}

/** Replaces `ours` by `next` inside the attribute; null when there is nothing to do. */
export function patchOf(
  attributes: Attributes,
  name: string,
  ours: readonly Entry[],
  next: readonly Entry[],
): Patch | null {
  const path = `/attributes/${name}`;
  if (next.length === 0) {
    return ours.length === 0 ? null : { op: 'delete', path, value: ours.map(selectorsOf) };
  }
  const others = entriesOf(attributes, name).filter((entry) => !ours.includes(entry));
  return { op: 'replace', path, value: [...others, ...next] };
}

const SELECTORS = ['marketplace_id', 'language_tag', 'audience', 'fulfillment_channel_code'];

/** What tells an entry from its neighbours; all of it when it has no selectors. */
export function selectorsOf(entry: Entry): Entry {
  const chosen = Object.entries(entry).filter(([name]) => SELECTORS.includes(name));
  return chosen.length === 0 ? entry : Object.fromEntries(chosen);
}
