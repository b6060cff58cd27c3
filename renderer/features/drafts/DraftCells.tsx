import { Button, Checkbox } from '@mantine/core';
import type { Draft, DraftCell } from '#shared/contract/drafts.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { notifyError } from '../../ui/notify.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { nameOfCell } from './cell-name.ts';
import { cellText } from './cell-text.ts';
import styles from './drafts.module.css';

export interface DraftCellsProps {
  readonly draft: Draft;
  readonly cells: readonly DraftCell[];
  readonly fields: FieldTexts;
  /** Cells that are written although they changed since, by {@link nameOfCell}. */
  readonly overwrite: ReadonlySet<string>;
  readonly onOverwrite: (cell: DraftCell, chosen: boolean) => void;
}

/** Every cell of the draft: what it was, what is live now where that differs, and what it will be. */
export function DraftCells({ draft, cells, fields, overwrite, onOverwrite }: DraftCellsProps) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const { mutate: remove } = useEngineCommand('drafts.remove');
  const canMerge = draft.state === 'open' || draft.state === 'approved';
  const shown = (cell: DraftCell, value: DraftCell['live']): string => cellText(fields, cell, value);
  return (
    <VirtualTable
      count={cells.length}
      label={t('drafts.compare')}
      widths={[150, 130, 'auto', 'auto', 170, 90]}
      head={
        <>
          <th scope="col">{t('drafts.column.sku')}</th>
          <th scope="col">{t('drafts.column.field')}</th>
          <th scope="col">{t('drafts.column.before')}</th>
          <th scope="col">{t('drafts.column.after')}</th>
          <th scope="col">{t('drafts.column.by')}</th>
          <th scope="col">
            <span className="qs-hidden">{t('drafts.column.action')}</span>
          </th>
        </>
      }
      renderRow={(index) => {
        const cell = cells[index];
        if (!cell) return null;
        const { listingId, field, changedSince } = cell;
        const place = `${cell.sku ?? cell.title} ${fields.name(field)}`;
        return (
          <>
            <td>
              <button
                type="button"
                className={styles['link']}
                title={cell.title}
                onClick={() => go('listings', { listingId })}
              >
                {cell.sku ?? t('shell.noSku')}
              </button>
            </td>
            <td>{fields.name(field)}</td>
            <td title={shown(cell, cell.before)}>
              {changedSince ? (
                <span className={styles['warning']}>
                  {t('drafts.liveNow', { before: shown(cell, cell.before), live: shown(cell, cell.live) })}
                </span>
              ) : (
                shown(cell, cell.before)
              )}
            </td>
            <td title={shown(cell, cell.after)}>
              <strong>{shown(cell, cell.after)}</strong>
            </td>
            <td className="qs-muted">
              {cell.by} · <Age at={cell.at} />
            </td>
            <td>
              {changedSince && canMerge ? (
                <Checkbox
                  size="xs"
                  label={t('drafts.overwrite')}
                  aria-label={t('drafts.overwrite.cell', { cell: place })}
                  checked={overwrite.has(nameOfCell(cell))}
                  onChange={(event) => onOverwrite(cell, event.currentTarget.checked)}
                />
              ) : (
                draft.state === 'open' && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={t('drafts.remove.cell', { cell: place })}
                    onClick={() =>
                      remove(
                        { draftId: draft.draftId, cells: [{ listingId, field }] },
                        { onError: notifyError },
                      )
                    }
                  >
                    {t('drafts.remove')}
                  </Button>
                )
              )}
            </td>
          </>
        );
      }}
    />
  );
}
