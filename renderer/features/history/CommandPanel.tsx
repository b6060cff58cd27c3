import { Button, MultiSelect } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { Command } from '#shared/contract/history.ts';
import { listingField, type ListingFieldName } from '#shared/domain/listing-fields.ts';
import { commandLabel } from '../../lib/command-label.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { usePageWindow } from '../../lib/engine-pages.ts';
import { useFieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { ChangedCell, type Change } from './ChangedCell.tsx';
import styles from './history.module.css';
import { useRevert } from './use-revert.ts';

const PAGE = 200;

/** The cells of one command; it is taken back whole, for chosen rows, or for chosen fields. */
export function CommandPanel({
  command,
  onClose,
  onReturn,
}: {
  readonly command: Command;
  readonly onClose: () => void;
  /** Asks for taking back everything after this command. */
  readonly onReturn: () => void;
}) {
  const t = useText();
  const texts = useFieldTexts();
  const { commandId, canUndo, undoOf } = command;
  const { offsets, onVisible } = usePageWindow(PAGE);
  const [rows, setRows] = useState<ReadonlySet<string>>(new Set());
  const [fields, setFields] = useState<readonly string[]>([]);
  const near = useEngineQuery(
    'history.changes',
    { commandId, offset: offsets[0], limit: PAGE },
    { keep: false },
  );
  const total = near.data?.total ?? command.cells;
  const next = useEngineQuery(
    'history.changes',
    { commandId, offset: offsets[1], limit: PAGE },
    { keep: false, enabled: offsets[1] < total },
  );
  const { revert, redo, pending } = useRevert();
  const changeAt = (index: number): Change | undefined =>
    index >= offsets[1] ? next.data?.changes[index - offsets[1]] : near.data?.changes[index - offsets[0]];
  const known = [
    ...new Set([...(near.data?.changes ?? []), ...(next.data?.changes ?? [])].map(({ field }) => field)),
  ];
  const partly = rows.size > 0 || fields.length > 0;
  const toggle = (listingId: string): void => {
    const after = new Set(rows);
    if (!after.delete(listingId)) after.add(listingId);
    setRows(after);
  };
  // An undo is taken back as a whole: that is redoing.
  const divisible = canUndo && undoOf === null;
  const run = (): void => {
    if (undoOf !== null) return redo(commandId);
    revert({
      commandId,
      ...(rows.size > 0 ? { listingIds: [...rows] } : {}),
      ...(fields.length > 0
        ? { fields: fields.filter((name): name is ListingFieldName => listingField(name) !== undefined) }
        : {}),
    });
  };
  return (
    <SidePanel title={commandLabel(command.label, t)} onClose={onClose} width={640}>
      <div className={styles['panel']}>
        <p className="qs-muted">
          <Age at={command.at} /> · {t('history.size', { cells: command.cells, rows: command.rows })}{' '}
          <Button variant="subtle" size="compact-xs" onClick={onReturn}>
            {t('history.moment.here')}
          </Button>
        </p>
        {canUndo ? (
          <>
            <div className={styles['tools']}>
              {divisible && known.length > 1 && (
                <MultiSelect
                  className={styles['fields'] ?? ''}
                  aria-label={t('history.fields')}
                  placeholder={fields.length === 0 ? t('history.fields') : ''}
                  data={known.map((name) => ({ value: name, label: texts.name(name) }))}
                  value={[...fields]}
                  onChange={setFields}
                  clearable
                />
              )}
              <Button leftSection={<IconArrowBackUp size={14} />} loading={pending} onClick={run}>
                {partly
                  ? t('history.revert.part', { rows: rows.size, fields: fields.length })
                  : t(undoOf === null ? 'history.revert.all' : 'history.revert.undo')}
              </Button>
            </div>
            <p className="qs-muted">{t('history.explain')}</p>
          </>
        ) : (
          <p className="qs-muted">{t(command.undoneBy === null ? 'history.final' : 'history.undone.text')}</p>
        )}
        {near.error && <ErrorNotice error={near.error} onRetry={() => void near.refetch()} />}
        <VirtualTable
          count={total}
          label={t('history.changes')}
          widths={[36, 120, 110, 'auto', 'auto']}
          onVisible={onVisible}
          head={
            <>
              <th scope="col">
                <span className="qs-hidden">{t('history.choose')}</span>
              </th>
              <th scope="col">{t('listings.field.sku')}</th>
              <th scope="col">{t('history.field')}</th>
              <th scope="col">{t('history.before')}</th>
              <th scope="col">{t('history.after')}</th>
            </>
          }
          renderRow={(index) => (
            <ChangedCell
              change={changeAt(index)}
              texts={texts}
              chosen={rows}
              onToggle={divisible ? toggle : null}
            />
          )}
        />
      </div>
    </SidePanel>
  );
}
