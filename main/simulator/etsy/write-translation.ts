import { Refusal } from './refusal.ts';
import type { ListingRow, TranslationRow } from './rows.ts';
import type { Store } from './store.ts';

const LONGEST_TITLE = 140;

/** Answers `GET …/translations/{language}`. */
export function translationOf(listing: ListingRow, language: string): object {
  const row = listing.translations?.[language];
  if (!row) throw new Refusal(404, 'Resource not found');
  return { listing_id: listing.id, language, ...row };
}

/** Answers POST, which makes a translation, and PUT, which changes one. */
export function writeTranslation(
  store: Store,
  listing: ListingRow,
  language: string,
  options: { readonly form: URLSearchParams; readonly make: boolean },
): object {
  const { form, make } = options;
  const before = listing.translations?.[language];
  if (make && before) throw new Refusal(400, 'A translation in this language exists already');
  if (!make && !before) throw new Refusal(404, 'Resource not found');
  const title = form.get('title') ?? before?.title ?? null;
  if ((title ?? '').length > LONGEST_TITLE) throw new Refusal(400, 'Title has at most 140 characters');
  const tags = form.get('tags');
  const row: TranslationRow = {
    title,
    description: form.get('description') ?? before?.description ?? null,
    tags: tags === null ? (before?.tags ?? []) : tags.split(',').filter((tag) => tag.trim() !== ''),
  };
  store.touch(listing, { translations: { ...listing.translations, [language]: row } });
  listing.writes += 1;
  return translationOf(listing, language);
}
