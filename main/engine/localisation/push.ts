import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ListingTranslation } from '../channels/translations.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { channelContext, connectorFor, noteFailure, noteReached, requireAccount } from '../sync/accounts.ts';
import { retrying } from '../sync/retry.ts';
import { cellsOf, type TextCell } from './texts.ts';

const externalOf = sql<{ id: string }, { external_id: string | null }>(
  'SELECT external_id FROM product WHERE id = :id AND removed_at_ms IS NULL',
);

/**
 * Sends the translations of an account in one language, a listing at a time.
 * The connector looks first and reads back, so a repeated call sends nothing
 * twice. One bad listing stops no other; a refused sign-in stops them all.
 */
export async function pushTexts(
  engine: Engine,
  input: ParsedParams<'localisation.push'>,
  signal: AbortSignal,
): Promise<Result<'localisation.push'>> {
  const account = requireAccount(engine.db, input.accountId);
  const translations = account.platform === 'local' ? undefined : connectorFor(engine, account).translations;
  const language = input.locale.split('-')[0] ?? input.locale;
  if (!translations?.languages.includes(language))
    throw new CodedError(
      'CHANNEL_NOT_SUPPORTED',
      `${account.name} takes no texts in ${input.locale}; export them and bring them there by hand`,
      { accountId: input.accountId, locale: input.locale },
    );
  const wanted = input.productIds ? new Set(input.productIds) : null;
  const byProduct = Map.groupBy(
    cellsOf(engine.db, input.accountId, input.locale, 'all').filter(
      ({ productId, text }) => text !== '' && (wanted?.has(productId) ?? true),
    ),
    ({ productId }) => productId,
  );
  const outcome: Result<'localisation.push'> = { confirmed: 0, failed: [] };
  await engine.jobs.run('publish', `${account.name}: ${input.locale}`, signal, async (job) => {
    const context = await channelContext(engine, account, { signal: job.signal });
    let done = 0;
    for (const [productId, cells] of byProduct) {
      if (job.signal.aborted) break;
      const id = engine.db.get(externalOf, { id: productId })?.external_id ?? null;
      const texts = textsOf(cells);
      if (id === null) {
        const message = 'The product is not on the channel yet';
        outcome.failed.push({ productId, code: 'INVALID_STATE', message });
      } else if (texts !== null) {
        try {
          await retrying(engine.ports, job.signal, () => translations.write(context, id, language, texts));
          outcome.confirmed += 1;
          noteReached(engine, account);
        } catch (error) {
          if (job.signal.aborted) break;
          const { code, message } = noteFailure(engine, account, error, 'publish');
          outcome.failed.push({ productId, code, message });
          if (code === 'CHANNEL_AUTH') break;
        }
      }
      done += 1;
      job.progress(done, byProduct.size);
    }
    return { confirmed: outcome.confirmed, failed: outcome.failed.length };
  });
  engine.limiters.flush();
  return outcome;
}

/** Bullets have no place in the API; what is not translated stays as it is there. */
function textsOf(cells: readonly TextCell[]): ListingTranslation | null {
  const text = (field: TextCell['field']): string | null =>
    cells.find((cell) => cell.field === field)?.text ?? null;
  const tags = text('tags');
  const title = text('title');
  const description = text('description');
  if (title === null && description === null && tags === null) return null;
  return {
    title,
    description,
    tags: tags === null ? [] : tags.split('\n').filter((tag) => tag.trim() !== ''),
  };
}
