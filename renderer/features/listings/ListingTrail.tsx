import { IconCircleCheck } from '@tabler/icons-react';
import { cellState } from '#shared/domain/outbox-states.ts';
import type { OutboxOp } from '#shared/contract/publish.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useHasText, useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import styles from './listings.module.css';

/** Why a change is not live: what was sent, when, what came back, what was read back. */
export function ListingTrail({
  listingId,
  currency,
  fields,
}: {
  readonly listingId: string;
  readonly currency: string;
  readonly fields: FieldTexts;
}) {
  const t = useText();
  const { data, error } = useEngineQuery('outbox.query', { listingId, limit: 50 });
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Loading />;
  if (data.ops.length === 0) {
    return (
      <EmptyState icon={IconCircleCheck} title={t('listings.why.none.title')} text={t('listings.why.none')} />
    );
  }
  return (
    <ol className={styles['trail']}>
      {data.ops.map((op) => (
        <OpTrail key={op.opId} op={op} currency={currency} fields={fields} />
      ))}
    </ol>
  );
}

function OpTrail({
  op,
  currency,
  fields,
}: {
  readonly op: OutboxOp;
  readonly currency: string;
  readonly fields: FieldTexts;
}) {
  const t = useText();
  const has = useHasText();
  const { data } = useEngineQuery('outbox.trail', { opId: op.opId });
  const state = cellState(op.state, op.released);
  return (
    <li>
      <div className={styles['facts']}>
        <strong>{fields.name(op.field)}</strong>
        <StateBadge state={state} />
        <span className="qs-muted">
          <Age at={op.updatedAt} />
        </span>
      </div>
      {op.kind === 'set' && (
        <span>
          {t('listings.why.change', {
            before: fields.value(op.field, op.base, currency),
            after: fields.value(op.field, op.mine, currency),
          })}
        </span>
      )}
      <span className={op.code === null ? 'qs-muted' : styles['problem']}>
        {op.code === null
          ? t(`listings.why.${op.released ? 'released' : 'local'}.${state}`)
          : fields.reason(op.code, op.message)}
      </span>
      {data && data.steps.length > 0 && (
        <ol className={styles['steps']}>
          {data.steps.map(({ at, step, text }, index) => (
            <li key={index}>
              <span className="qs-muted">
                <Age at={at} />
              </span>
              <strong>{has(`listings.step.${step}`) ? t(`listings.step.${step}`) : step}</strong>
              <span className="qs-selectable">{text}</span>
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}
