import type { MethodName } from '#shared/contract/methods.ts';
import { exportTexts, importTexts } from '../../localisation/exchange.ts';
import { overview, setLocales } from '../../localisation/markets.ts';
import { pushTexts } from '../../localisation/push.ts';
import { cellsOf, editTexts, listTerms, removeTerm, saveTerm, suggest } from '../../localisation/texts.ts';
import type { Handlers } from '../handler.ts';

/** Cells of one answer at most, whatever the texts of the products are. */
const MOST = 1_000;

export const localisationHandlers: Handlers<Extract<MethodName, `localisation.${string}`>> = {
  'localisation.overview': (engine) => overview(engine),
  'localisation.setLocales': (engine, input, call) => setLocales(engine, input, call),
  'localisation.rows': ({ db }, { accountId, locale, only = 'all', offset = 0, limit = 100 }) => {
    const cells = cellsOf(db, accountId, locale, only);
    const products = [...Map.groupBy(cells, ({ productId }) => productId).values()];
    return {
      total: products.length,
      cells: products
        .slice(offset, offset + limit)
        .flat()
        .slice(0, MOST),
    };
  },
  'localisation.edit': (engine, input, call) => editTexts(engine, input, call),
  'localisation.suggest': ({ db }, input) => suggest(db, input),
  'localisation.terms': ({ db }, { locale }) => listTerms(db, locale),
  'localisation.saveTerm': (engine, input, call) => saveTerm(engine, input, call),
  'localisation.removeTerm': (engine, input, call) => removeTerm(engine, input, call),
  'localisation.export': (engine, input) => exportTexts(engine, input),
  'localisation.import': (engine, input, call) => importTexts(engine, input, call),
  'localisation.push': (engine, input, call) => pushTexts(engine, input, call.signal),
};
