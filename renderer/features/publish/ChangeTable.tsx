import { Button, Checkbox } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { Account } from '#shared/contract/channels.ts';
import type { Result } from '#shared/contract/methods.ts';
import type { OutboxOp } from '#shared/contract/publish.ts';
import { useEngine, useEngineQuery } from '../../lib/engine.tsx';
import { usePageWindow } from '../../lib/engine-pages.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { ChangeCells } from './ChangeCells.tsx';
import { isNumeric } from './numeric.ts';
import styles from './publish.module.css';
import type { Scope } from './scopes.ts';

const PAGE = 200;

export interface ChangeTableProps {
  readonly scope: Scope;
  readonly total: number;
  readonly preview: Result<'publish.preview'>;
  readonly accounts: readonly Account[];
  readonly fields: FieldTexts;
  readonly chosen: ReadonlyMap<string, OutboxOp>;
  readonly onChoose: (chosen: ReadonlyMap<string, OutboxOp>) => void;
}

/** Every cell with the value on the channel and mine; rows can be chosen, and discarded one by one or together. */
export function ChangeTable(props: ChangeTableProps) {
  const { scope, total, preview, accounts, fields, chosen, onChoose } = props;
  const t = useText();
  const { offsets, onVisible } = usePageWindow(PAGE);
  const near = useEngineQuery(
    'publish.preview',
    { ...scope, offset: offsets[0], limit: PAGE },
    { keep: false },
  );
  const next = useEngineQuery(
    'publish.preview',
    { ...scope, offset: offsets[1], limit: PAGE },
    { keep: false, enabled: offsets[1] < total },
  );
  const hasFindings = preview.findings.length > 0;
  const numbers = preview.groups.every(({ field }) => isNumeric(field));
  // Prices and counts are short: what they leave is the title's.
  const values = numbers ? 100 : 'auto';
  const discard = useDiscard(fields);
  const opAt = (index: number): OutboxOp | undefined => {
    const [first, second] = offsets;
    return index >= second ? next.data?.ops[index - second] : near.data?.ops[index - first];
  };
  const toggle = (op: OutboxOp): void => {
    const after = new Map(chosen);
    if (!after.delete(op.opId)) after.set(op.opId, op);
    onChoose(after);
  };
  const loaded = near.data?.ops ?? [];
  const allChosen = loaded.length > 0 && loaded.every(({ opId }) => chosen.has(opId));
  return (
    <>
      {chosen.size > 0 && (
        <output className={styles['chosen']}>
          {t('publish.chosen', { count: chosen.size })}
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconArrowBackUp size={13} />}
            onClick={() => {
              discard([...chosen.values()]);
              onChoose(new Map());
            }}
          >
            {t('publish.discard.chosen', { count: chosen.size })}
          </Button>
          <Button variant="subtle" size="compact-xs" onClick={() => onChoose(new Map())}>
            {t('publish.chosen.none')}
          </Button>
        </output>
      )}
      <VirtualTable
        count={total}
        label={t('publish.changes')}
        widths={[38, 126, 'auto', 110, values, values, 104, ...(hasFindings ? [170] : []), 44]}
        onVisible={onVisible}
        head={
          <>
            <th scope="col">
              <Checkbox
                aria-label={t('publish.choose.all')}
                checked={allChosen}
                indeterminate={!allChosen && chosen.size > 0}
                onChange={() => onChoose(allChosen ? new Map() : new Map(loaded.map((op) => [op.opId, op])))}
              />
            </th>
            <th scope="col">{t('listings.field.sku')}</th>
            <th scope="col">{t('listings.field.title')}</th>
            <th scope="col">{t('publish.column.field')}</th>
            <th scope="col" data-number={numbers || undefined}>
              {t('publish.column.channel')}
            </th>
            <th scope="col" data-number={numbers || undefined}>
              {t('publish.column.mine')}
            </th>
            <th scope="col">{t('listings.field.state')}</th>
            {hasFindings && <th scope="col">{t('publish.column.finding')}</th>}
            <th scope="col">
              <span className="qs-hidden">{t('publish.discard')}</span>
            </th>
          </>
        }
        renderRow={(index) => (
          <ChangeCells
            op={opAt(index)}
            findings={hasFindings ? preview.findings : null}
            accounts={accounts}
            fields={fields}
            chosen={chosen}
            onToggle={toggle}
            onDiscard={(op) => discard([op])}
          />
        )}
      />
    </>
  );
}

/** Puts cells back to what the channel has: nothing of them is left to send, and it can be undone. */
function useDiscard(fields: FieldTexts): (ops: readonly OutboxOp[]) => void {
  const t = useText();
  const engine = useEngine();
  return (ops) => {
    const changes = ops.flatMap(({ listingId, field, base }) =>
      listingId === null ? [] : [{ listingId, field, value: base }],
    );
    const [only] = ops;
    const label =
      ops.length === 1 && only
        ? t('publish.discard.label.one', { field: fields.name(only.field), sku: only.sku ?? only.title })
        : t('publish.discard.label', { count: changes.length });
    const run = async (): Promise<void> => {
      const { commandId, applied, rejected } = await engine.call('listings.edit', { label, changes });
      const [refused] = rejected;
      if (refused) notifyError(new Error(fields.reason(refused.code, refused.message)));
      if (commandId === null) return;
      notifyDone(t('publish.discarded', { count: applied }), {
        undo: () => void engine.call('history.undo', { commandId }).catch(notifyError),
      });
    };
    if (changes.length > 0) run().catch(notifyError);
  };
}
