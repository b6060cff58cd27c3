import { Button, Select, TagsInput, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { HOLD_REASONS, PRIORITIES } from '#shared/domain/order-marks.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { notifyError } from '../../../ui/notify.tsx';
import { useMark } from '../use-mark.ts';
import styles from './OrderDesk.module.css';
import panel from './OrderPanel.module.css';

type Desk = Result<'orders.desk'>;

/** What we say about an order ourselves: hold, priority, tags, a note, and what looks odd about it. */
export function OrderDesk({ order, desk }: { readonly order: OrderDetail; readonly desk: Desk }) {
  const t = useText();
  const mark = useMark();
  const { data } = useEngineQuery('orders.tags', {});
  const { orderId, tags } = order;
  return (
    <section className={panel['section']} aria-label={t('orders.desk')}>
      <h3>{t('orders.desk')}</h3>
      <div className={styles['marks']}>
        <Select
          label={t('orders.hold')}
          value={order.hold ?? ''}
          disabled={order.state === 'shipped' || order.state === 'returned'}
          allowDeselect={false}
          onChange={(value) => mark([orderId], { hold: value === '' || value === null ? null : value })}
          data={[
            { value: '', label: t('orders.hold.none') },
            ...HOLD_REASONS.map((value) => ({ value, label: t(`orders.hold.${value}`) })),
          ]}
        />
        <Select
          label={t('orders.priority')}
          value={String(order.priority)}
          allowDeselect={false}
          onChange={(value) => mark([orderId], { priority: Number(value) })}
          data={PRIORITIES.toReversed().map((value) => ({
            value: String(value),
            label: t(`orders.priority.${value === -1 ? 'low' : value}`),
          }))}
        />
        <TagsInput
          className={styles['wide'] ?? ''}
          label={t('orders.tags')}
          placeholder={tags.length === 0 ? t('orders.tags.hint') : ''}
          value={[...tags]}
          data={data?.tags.map(({ tag }) => tag) ?? []}
          maxTags={20}
          clearable={false}
          onChange={(next) =>
            mark([orderId], {
              addTags: next.filter((tag) => !tags.includes(tag)),
              removeTags: tags.filter((tag) => !next.includes(tag)),
            })
          }
        />
        <Note key={desk.note ?? ''} orderId={orderId} desk={desk} />
      </div>
      {(desk.carrier !== '' || desk.service !== '' || desk.location !== '') && (
        <p>
          {t('orders.desk.plan', { carrier: desk.carrier, service: desk.service, location: desk.location })}
        </p>
      )}
      <Hints desk={desk} />
    </section>
  );
}

function Note({ orderId, desk }: { readonly orderId: string; readonly desk: Desk }) {
  const t = useText();
  const { mutate, isPending } = useEngineCommand('orders.note');
  const [text, setText] = useState(desk.note ?? '');
  const changed = text.trim() !== (desk.note ?? '');
  return (
    <div className={styles['wide']}>
      <Textarea
        label={t('orders.ownNote')}
        description={desk.noteSealed ? t('orders.ownNote.sealed') : t('orders.ownNote.hint')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={4_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {changed && (
        <Button
          size="compact-sm"
          mt={6}
          loading={isPending}
          onClick={() => mutate({ orderId, text }, { onError: notifyError })}
        >
          {t('orders.ownNote.save')}
        </Button>
      )}
    </div>
  );
}

function Hints({ desk }: { readonly desk: Desk }) {
  const t = useText();
  const hints = [
    ...(desk.address ?? []).map((hint) => t(`orders.hint.${hint}`)),
    ...desk.duplicates.map(({ number, skus }) =>
      t('orders.hint.duplicate', { number, skus: skus.join(', ') }),
    ),
  ];
  if (hints.length === 0) return null;
  return (
    <ul className={styles['hints']} aria-label={t('orders.hints')}>
      {hints.map((hint) => (
        <li key={hint}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          <span>{hint}</span>
        </li>
      ))}
    </ul>
  );
}
