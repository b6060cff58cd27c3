import { useCallback, useMemo } from 'react';
import type { EditOutcome } from '#shared/contract/listings.ts';
import { CELL_LINKS, type CellLink } from '#shared/domain/master-fields.ts';
import type { GridRange } from '../../../grid/contract.ts';
import { useOffer, type Action } from '../../../lib/actions.ts';
import { useEngine } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import type { ListingAccount } from '../listing-account.ts';
import { MASTER_KEYS } from './matrix-columns.ts';
import { columnsOf } from './matrix-source.ts';

export const LINK_KEYS: Readonly<Record<CellLink, string>> = {
  inherit: 'alt+shift+I',
  override: 'alt+shift+O',
  detached: 'alt+shift+D',
};

export interface Links {
  /** Lets the selected cells of channels stand so to their masters. */
  readonly link: (kind: CellLink) => void;
  /** Fills the masters that are empty with what an account has. */
  readonly adopt: (account: ListingAccount) => void;
}

/** How cells stand to their masters: one command for the whole selection. */
export function useLinks({
  viewId,
  ranges,
  onOutcome,
}: {
  readonly viewId: string;
  readonly ranges: readonly GridRange[];
  readonly onOutcome: (outcome: EditOutcome) => void;
}): Links {
  const t = useText();
  const engine = useEngine();
  const link = useCallback(
    (kind: CellLink) => {
      const wanted = ranges
        .map(({ fromRow, toRow, keys }) => ({
          fromRow,
          toRow,
          columns: columnsOf(keys).filter((key) => !MASTER_KEYS.has(key)),
        }))
        .filter(({ columns }) => columns.length > 0);
      if (wanted.length === 0) {
        notifyDone(t('listings.matrix.selectChannel'));
        return;
      }
      const run = async (): Promise<void> => {
        const label = t(`listings.matrix.label.${kind}`);
        const outcome = await engine.call('matrix.link', { viewId, ranges: wanted, link: kind, label });
        const { applied: count, rejectedTotal: rejected } = outcome;
        notifyDone(t('listings.matrix.linked', { count, rejected }));
        onOutcome(outcome);
      };
      run().catch(notifyError);
    },
    [engine, viewId, ranges, t, onOutcome],
  );
  const adopt = useCallback(
    ({ accountId, name }: ListingAccount) => {
      const run = async (): Promise<void> => {
        const label = t('listings.matrix.label.adopt', { name });
        const outcome = await engine.call('matrix.adopt', { viewId, accountId, label });
        notifyDone(t('listings.matrix.adopted', { count: outcome.applied, name }));
        onOutcome(outcome);
      };
      run().catch(notifyError);
    },
    [engine, viewId, t, onOutcome],
  );
  const offered = useMemo<Action[]>(
    () =>
      CELL_LINKS.map((kind) => ({
        id: `listings.matrix.${kind}`,
        label: t(`listings.action.matrix.${kind}`),
        group: t('listings.title'),
        shortcut: LINK_KEYS[kind],
        run: () => link(kind),
      })),
    [t, link],
  );
  useOffer('listings.matrix', offered);
  return { link, adopt };
}
