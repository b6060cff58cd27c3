import { CodedError } from '#shared/errors/coded-error.ts';
import type { StoredValue } from '#shared/domain/listing-fields.ts';
import { z } from 'zod';

/** Etsy's own numbers. */
export const MOST_IMAGES = 20;
const LONGEST_ALT = 500;

const wantedSchema = z.array(
  z.object({ src: z.string(), alt: z.string().catch(''), externalId: z.string().optional() }),
);

/** A picture as Etsy has it now. */
export interface EtsyImage {
  readonly id: string;
  readonly src: string;
  readonly alt: string;
}

export interface ImagePlan {
  /** All pictures in their new order; null when order and number stay. */
  readonly ids: readonly string[] | null;
  /** Alternative texts that change; ranks count from 1. */
  readonly texts: readonly { readonly id: string; readonly rank: number; readonly alt: string }[];
}

/**
 * What has to be sent so that the listing shows these pictures in this order
 * with these texts. Pictures can be sorted, described and taken away; a new one
 * is refused, because Etsy takes files, not addresses.
 */
export function planImages(wanted: StoredValue, now: readonly EtsyImage[]): ImagePlan {
  const list = wantedSchema.parse(JSON.parse(String(wanted ?? '[]')));
  if (list.length === 0) throw refuse('Etsy keeps no listing without a picture');
  if (list.length > MOST_IMAGES) throw refuse(`Etsy shows ${MOST_IMAGES} pictures of a listing at most`);
  const chosen = list.map((image) => {
    const known = now.find(({ id, src }) => (image.externalId ? id === image.externalId : src === image.src));
    if (!known)
      throw refuse('A new picture is uploaded in Shop Manager; here pictures are sorted and described');
    const alt = image.alt.trim();
    if (alt.length > LONGEST_ALT)
      throw refuse(`The text of a picture has ${LONGEST_ALT} characters at most on Etsy`);
    return { id: known.id, before: known.alt.trim(), alt };
  });
  if (new Set(chosen.map(({ id }) => id)).size < chosen.length)
    throw refuse('A picture can be shown only once in a listing');
  const ids = chosen.map(({ id }) => id);
  const same = ids.length === now.length && ids.every((id, index) => id === now[index]?.id);
  return {
    ids: same ? null : ids,
    texts: chosen.flatMap(({ id, before, alt }, index) =>
      alt === before ? [] : { id, rank: index + 1, alt },
    ),
  };
}

/** The same pictures in the same order with the same texts; Etsy's number of a picture says more than its address. */
export function sameImages(sent: StoredValue, read: StoredValue): boolean {
  const [a, b] = [sent, read].map((value) => wantedSchema.safeParse(JSON.parse(String(value ?? '[]'))));
  if (!a?.success || !b?.success || a.data.length !== b.data.length) return false;
  return a.data.every((image, index) => {
    const other = b.data[index];
    if (!other || image.alt.trim() !== other.alt.trim()) return false;
    return image.externalId && other.externalId
      ? image.externalId === other.externalId
      : image.src === other.src;
  });
}

function refuse(message: string): CodedError {
  const details = { channelCode: 'refused', applied: 'no', field: 'images' };
  return new CodedError('CHANNEL_INVALID', message, details);
}
