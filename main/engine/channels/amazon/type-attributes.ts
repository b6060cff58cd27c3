import type { StoredValue } from '#shared/domain/listing-fields.ts';
import { canonicalAttributes, canonicalJson, parseAttributes } from '#shared/domain/type-attributes.ts';
import { hasColumn } from './attribute-fields.ts';
import { selectorsOf, type Patch } from './attributes.ts';
import type { Attributes, Entry } from './records.ts';

/** Those of the attributes that have no column of their own, in the stored form of `typeAttributes`. */
export function typeAttributesOf(attributes: Attributes): string | null {
  return canonicalAttributes(withoutColumns(attributes));
}

function withoutColumns(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !hasColumn(name)));
}

/**
 * Patches that turn the attributes without columns into those of the stored
 * text; only what differs is sent, each attribute as a whole. Null when the text
 * is not of the form of attributes.
 */
export function typeAttributePatches(attributes: Attributes, value: StoredValue): Patch[] | null {
  const wanted = value === null ? {} : parseAttributes(String(value));
  if (wanted === null || Object.keys(wanted).some(hasColumn)) return null;
  const present = withoutColumns(attributes);
  return [...new Set([...Object.keys(present), ...Object.keys(wanted)])].flatMap((name): Patch[] => {
    const before = present[name] ?? [];
    const after = (wanted[name] ?? []) as readonly Entry[];
    if (canonicalJson(before) === canonicalJson(after)) return [];
    const path = `/attributes/${name}`;
    return after.length > 0
      ? [{ op: 'replace', path, value: after }]
      : [{ op: 'delete', path, value: before.map(selectorsOf) }];
  });
}
