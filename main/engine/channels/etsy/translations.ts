import { CodedError } from '#shared/errors/coded-error.ts';
import { decodeEntities } from '#shared/grid/html-entities.ts';
import { z } from 'zod';
import { callFailed, failureOf } from '../kit/failures.ts';
import type { ChannelContext } from '../contract.ts';
import type { ListingTranslation, ListingTranslations } from '../translations.ts';
import type { EtsyClient } from './client.ts';

/** Languages of Etsy's shops; data, because Etsy adds to them now and then. */
export const LANGUAGES: readonly string[] = ['de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt'];

const schema = z.object({
  title: z.string().nullish(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
});

export function translations(client: (context: ChannelContext) => EtsyClient): ListingTranslations {
  return {
    languages: LANGUAGES,
    read: async (context, id, language) => read(client(context), id, language),
    write: async (context, id, language, texts) => write(client(context), id, language, texts),
  };
}

async function pathOf(client: EtsyClient, id: string, language: string): Promise<string> {
  if (!LANGUAGES.includes(language) || !/^\d+$/.test(id)) {
    const message = `Etsy has no language "${language}"; it has ${LANGUAGES.join(', ')}`;
    throw callFailed('CHANNEL_INVALID', message, { method: 'GET', path: 'translations', applied: 'no' });
  }
  return `${await client.shopPath()}/listings/${id}/translations/${language}`;
}

async function read(client: EtsyClient, id: string, language: string): Promise<ListingTranslation | null> {
  const path = await pathOf(client, id, language);
  try {
    const { title, description, tags } = await client.get(path, {}, schema, 'later');
    return {
      title: title == null ? null : decodeEntities(title),
      description: description == null ? null : decodeEntities(description),
      tags: (tags ?? []).map(decodeEntities),
    };
  } catch (error) {
    // Etsy itself says that there is none; a missing page says nothing.
    const none = error instanceof CodedError && error.code === 'CHANNEL_GONE';
    if (none && failureOf(error)?.channelCode !== undefined) return null;
    throw error;
  }
}

async function write(
  client: EtsyClient,
  id: string,
  language: string,
  texts: ListingTranslation,
): Promise<ListingTranslation> {
  const path = await pathOf(client, id, language);
  const before = await read(client, id, language);
  if (before !== null && same(before, texts)) return before;
  const form = {
    ...(texts.title === null ? {} : { title: texts.title }),
    ...(texts.description === null ? {} : { description: texts.description }),
    tags: texts.tags.join(','),
  };
  await client.send({ method: before === null ? 'POST' : 'PUT', path, form, kind: 'later' });
  const after = await read(client, id, language);
  if (after !== null) return after;
  throw callFailed('CHANNEL_UNKNOWN', `Etsy took the ${language} texts and does not show them`, {
    method: 'GET',
    path,
    applied: 'unknown',
  });
}

/** A text that is not given stays as it is. */
function same(before: ListingTranslation, wanted: ListingTranslation): boolean {
  const kept = (a: string | null, b: string | null): boolean => b === null || a?.trim() === b.trim();
  return (
    kept(before.title, wanted.title) &&
    kept(before.description, wanted.description) &&
    before.tags.join('\n') === wanted.tags.join('\n')
  );
}
