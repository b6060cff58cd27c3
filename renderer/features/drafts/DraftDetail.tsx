import { useState } from 'react';
import type { Draft } from '#shared/contract/drafts.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { nameOfCell } from './cell-name.ts';
import { DraftCells } from './DraftCells.tsx';
import { DraftSteps } from './DraftSteps.tsx';
import styles from './drafts.module.css';

/** Cells that are compared at once. */
const MOST_CELLS = 1_000;

/** One draft: where it stands, what can be done with it, and every cell before and after. */
export function DraftDetail({ draftId, fields }: { readonly draftId: string; readonly fields: FieldTexts }) {
  const t = useText();
  const [overwrite, setOverwrite] = useState<ReadonlySet<string>>(new Set());
  const { data, error, refetch } = useEngineQuery(
    'drafts.get',
    { draftId, limit: MOST_CELLS },
    { keep: true },
  );
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loading />;
  const { draft, cells, total } = data;
  const named = cells
    .filter((cell) => overwrite.has(nameOfCell(cell)))
    .map(({ listingId, field }) => ({ listingId, field }));
  return (
    <div className={styles['detail']}>
      <Stamps draft={draft} />
      <DraftSteps draft={draft} overwrite={named} />
      {draft.changedSince > 0 && (
        <p className={styles['warning']}>{t('drafts.changedSince', { count: draft.changedSince })}</p>
      )}
      {total > cells.length && <p className="qs-muted">{t('drafts.more', { shown: cells.length, total })}</p>}
      {cells.length === 0 ? (
        <p className="qs-muted">{t(draft.state === 'open' ? 'drafts.none.open' : 'drafts.none')}</p>
      ) : (
        <DraftCells
          draft={draft}
          cells={cells}
          fields={fields}
          overwrite={overwrite}
          onOverwrite={(cell, chosen) =>
            setOverwrite((before) => {
              const next = new Set(before);
              if (chosen) next.add(nameOfCell(cell));
              else next.delete(nameOfCell(cell));
              return next;
            })
          }
        />
      )}
    </div>
  );
}

function Stamps({ draft }: { readonly draft: Draft }) {
  const t = useText();
  const stamps = [
    ['created', draft.created],
    ['submitted', draft.submitted],
    ['approved', draft.approved],
    ['closed', draft.closed],
  ] as const;
  return (
    <div className={styles['stamps']}>
      <strong>{draft.name}</strong>
      <span className={styles['state']} data-state={draft.state}>
        {t(`drafts.state.${draft.state}`)}
      </span>
      {stamps.map(
        ([step, stamp]) =>
          stamp && (
            <span key={step} className="qs-muted">
              {t(`drafts.${step}.by`, { name: stamp.by })} <Age at={stamp.at} />
            </span>
          ),
      )}
      {draft.note !== null && draft.note !== '' && <q>{draft.note}</q>}
    </div>
  );
}
