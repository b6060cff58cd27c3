import { Refusal } from './refusal.ts';
import type { ListingRow } from './rows.ts';
import type { Store } from './store.ts';

type Issue = { path: string; type: string; message: string };

const TITLE = /^[\p{L}\p{Nd}\p{P}\p{Sm}\p{Zs}™©®]*$/u;
const TAG = /^[\p{L}\p{Nd}\p{Zs}\-'™©®]+$/u;
const MATERIAL = /^[\p{L}\p{Nd}\p{Zs}]+$/u;
const UNITS = new Set(['oz', 'lb', 'g', 'kg']);

/** Answers `PATCH /shops/{shop}/listings/{id}`: price, stock and SKU are not among what it takes. */
export function writeListing(store: Store, listing: ListingRow, form: URLSearchParams): void {
  const changes: Partial<ListingRow> = {};
  const issues: Issue[] = [];
  const given = (name: string): string | null => form.get(name);
  const title = given('title');
  if (title !== null) {
    issues.push(...titleIssues(title));
    changes.title = title.trim();
  }
  const description = given('description');
  if (description !== null) {
    if (description.trim() === '') issues.push(issue('description', 'required', 'Description is required'));
    changes.description = description;
  }
  const tags = listOf(form, 'tags');
  if (tags !== null) {
    if (tags.length > 13) issues.push(issue('tags', 'too_many', 'You can have at most 13 tags'));
    tags.forEach((tag, index) => {
      if (tag.length > 20) issues.push(issue(`tags/${index}`, 'too_long', 'A tag has at most 20 characters'));
      if (!TAG.test(tag)) issues.push(issue(`tags/${index}`, 'invalid_characters', `Tag ${tag} is invalid`));
    });
    changes.tags = tags;
  }
  const materials = listOf(form, 'materials');
  if (materials !== null) {
    materials.forEach((material, index) => {
      if (!MATERIAL.test(material)) {
        issues.push(issue(`materials/${index}`, 'invalid_characters', `Material ${material} is invalid`));
      }
    });
    changes.materials = materials;
  }
  const images = listOf(form, 'image_ids');
  if (images !== null) changes.images = sortedImages(listing, images);
  const weight = given('item_weight');
  if (weight !== null) {
    if (!(Number(weight) > 0)) throw new Refusal(500, 'Server Error');
    changes.weight = Number(weight);
  }
  const unit = given('item_weight_unit');
  if (unit !== null) {
    if (!UNITS.has(unit)) issues.push(issue('item_weight_unit', 'invalid', 'The unit is not known'));
    changes.weightUnit = unit;
  }
  if (issues.length > 0) throw new Refusal(400, issues);
  Object.assign(changes, stateOf(listing, given('state')));
  store.touch(listing, changes);
  listing.writes += 1;
}

function sortedImages(listing: ListingRow, ids: readonly string[]): ListingRow['images'] {
  if (ids.length > 20) throw new Refusal(400, 'A listing has at most 20 images');
  return ids.map((id) => {
    const image = listing.images.find((row) => String(row.id) === id);
    if (!image) throw new Refusal(400, `Image ${id} does not belong to the listing`);
    return image;
  });
}

/** Answers `POST …/images` for a picture that the shop has already. */
export function assignImage(store: Store, listing: ListingRow, fields: ReadonlyMap<string, string>): number {
  const id = Number(fields.get('listing_image_id'));
  const image = listing.images.find((row) => row.id === id);
  if (!image) throw new Refusal(400, 'An image or a listing_image_id is required');
  const rank = Number(fields.get('rank') ?? 1);
  if (!(rank >= 1)) throw new Refusal(400, 'rank must be positive');
  const alt = fields.get('alt_text') ?? image.alt;
  if (alt.length > 500) throw new Refusal(400, 'alt_text has at most 500 characters');
  const others = listing.images.filter((row) => row !== image);
  const at = Math.min(rank - 1, others.length);
  store.touch(listing, { images: [...others.slice(0, at), { ...image, alt }, ...others.slice(at)] });
  listing.writes += 1;
  return id;
}

function stateOf(listing: ListingRow, state: string | null): Partial<ListingRow> {
  if (state === null || state === listing.state) return {};
  if (state !== 'active' && state !== 'inactive') throw new Refusal(400, 'Invalid state');
  if (state === 'active') {
    if (listing.images.length === 0) throw new Refusal(400, 'An image is required to activate a listing');
    if (listing.products.every((product) => product.quantity === 0)) {
      throw new Refusal(400, 'A quantity is required to activate a listing');
    }
  }
  return { state };
}

function titleIssues(title: string): Issue[] {
  if (title.trim() === '') return [issue('title/0', 'required', 'Title is required')];
  if (title.length > 140) return [issue('title/140', 'too_long', 'Title has at most 140 characters')];
  const bad = Array.from(title).findIndex((character) => !TITLE.test(character) || /[$^`]/.test(character));
  if (bad >= 0) {
    const message = 'You cannot include any of the following characters: $^`.';
    return [issue(`title/${bad}`, 'invalid_characters', message)];
  }
  const twice = ['%', ':', '&', '+'].find((sign) => title.split(sign).length > 2);
  return twice ? [issue('title/0', 'invalid_characters', `${twice} can be used only once`)] : [];
}

/** `tags=a,b` and `tags[]=a&tags[]=b`; null when it is not given. */
function listOf(form: URLSearchParams, name: string): string[] | null {
  const many = form.getAll(`${name}[]`);
  if (many.length > 0) return many;
  const text = form.get(name);
  if (text === null) return null;
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function issue(path: string, type: string, message: string): Issue {
  return { path: `/${path}`, type, message };
}
