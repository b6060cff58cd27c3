import { ActionIcon, Checkbox } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { Account } from '#shared/contract/channels.ts';
import type { Finding, OutboxOp } from '#shared/contract/publish.ts';
import { cellState } from '#shared/domain/outbox-states.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { isNumeric } from './numeric.ts';
import styles from './publish.module.css';

export interface ChangeCellsProps {
  /** Absent while its page is read. */
  readonly op: OutboxOp | undefined;
  /** null when there are none at all: then they have no column. */
  readonly findings: readonly Finding[] | null;
  readonly accounts: readonly Account[];
  readonly fields: FieldTexts;
  readonly chosen: ReadonlyMap<string, OutboxOp>;
  readonly onToggle: (op: OutboxOp) => void;
  readonly onDiscard: (op: OutboxOp) => void;
}

/** The cells of one change. */
export function ChangeCells({
  op,
  findings,
  accounts,
  fields,
  chosen,
  onToggle,
  onDiscard,
}: ChangeCellsProps) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  if (!op) {
    return (
      <td colSpan={findings ? 9 : 8} className={styles['waitingRow']}>
        <span className="qs-hidden">{t('shell.loading')}</span>
      </td>
    );
  }
  const currency = accounts.find(({ accountId }) => accountId === op.accountId)?.currency ?? 'EUR';
  const finding = findings?.find(({ listingId, field }) => listingId === op.listingId && field === op.field);
  const before = fields.value(op.field, op.base, currency);
  const after = fields.value(op.field, op.mine, currency);
  const reason = finding && fields.reason(finding.code, finding.message);
  const names = { sku: op.sku ?? op.title, field: fields.name(op.field) };
  const number = isNumeric(op.field) || undefined;
  return (
    <>
      <td>
        <Checkbox
          aria-label={t('publish.choose', names)}
          checked={chosen.has(op.opId)}
          onChange={() => onToggle(op)}
        />
      </td>
      <td className="qs-mono">{op.sku ?? '–'}</td>
      <td title={op.title}>
        <button
          type="button"
          className={styles['link']}
          onClick={() => op.listingId !== null && go('listings', { listingId: op.listingId })}
        >
          {op.title}
        </button>
      </td>
      <td>{fields.name(op.field)}</td>
      <td className={styles['was']} data-number={number} title={before}>
        {before}
      </td>
      <td data-number={number} title={after}>
        {after}
      </td>
      <td>
        <StateBadge state={cellState(op.state, op.released)} />
      </td>
      {findings && (
        <td className={styles['finding']} data-kind={finding?.severity} title={reason}>
          {reason ?? ''}
        </td>
      )}
      <td>
        <ActionIcon
          size="sm"
          aria-label={t('publish.discard.one', names)}
          title={t('publish.discard')}
          onClick={() => onDiscard(op)}
        >
          <IconArrowBackUp size={14} />
        </ActionIcon>
      </td>
    </>
  );
}
