import { Autocomplete, Button, Checkbox, FileButton, Modal, Select, Table, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileImport, IconTruckDelivery } from '@tabler/icons-react';
import { useState } from 'react';
import type { ShipRow } from '#shared/contract/orders.ts';
import { useEngine, useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useScreenState } from '../../../lib/screen-state.ts';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { CARRIER_KEY, NO_CARRIER } from './ShipForm.tsx';
import styles from './ShipListDialog.module.css';

const READ_AFTER_MS = 250;
/** Rows on the screen; the figures above count all. */
const SHOWN = 200;

/** Ships many orders from a pasted or exported list of tracking numbers, after showing what would happen. */
export function ShipListDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const engine = useEngine();
  const [kept, keep] = useScreenState(CARRIER_KEY, NO_CARRIER);
  const [text, setText] = useState('');
  const [carrier, setCarrier] = useState(kept.carrier);
  const [advance, setAdvance] = useState(false);
  const [accountId, setAccountId] = useState('');
  const accounts = useEngineQuery('channels.list', {}).data?.accounts ?? [];
  const [read] = useDebouncedValue(text, READ_AFTER_MS);
  const input = (list: string) => ({
    text: list,
    carrier: carrier.trim(),
    advance,
    ...(accountId === '' ? {} : { accountId }),
  });
  const preview = useEngineQuery('orders.shipPreview', input(read), { enabled: read.trim() !== '' });
  const ship = useEngineCommand('orders.shipMany');
  const plan = read.trim() === '' ? undefined : preview.data;
  const ready = read === text ? (plan?.ready ?? 0) : 0;
  const run = (): void => {
    keep({ carrier: carrier.trim() });
    ship.mutate(input(text), {
      onSuccess: ({ shipped, rejectedTotal, commandId }) => {
        notifyDone(
          t('orders.list.done', { shipped, left: rejectedTotal }),
          commandId === null
            ? {}
            : {
                undo: () => {
                  engine.call('history.undo', { commandId }).catch(notifyError);
                },
              },
        );
        onClose();
      },
      onError: notifyError,
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={900}
      title={t('orders.list.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <div className={styles['body']}>
        <Textarea
          label={t('orders.list.text')}
          description={t('orders.list.hint')}
          placeholder={t('orders.list.placeholder')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          rows={6}
          maxLength={2_000_000}
          spellCheck={false}
          data-autofocus
          classNames={{ input: styles['text'] ?? '' }}
        />
        <div className={styles['options']}>
          <FileButton
            accept=".csv,.tsv,.txt"
            onChange={(file) => {
              if (file) file.text().then(setText, notifyError);
            }}
          >
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileImport size={16} />}>
                {t('orders.list.file')}
              </Button>
            )}
          </FileButton>
          <Autocomplete
            label={t('orders.list.carrier')}
            value={carrier}
            onChange={setCarrier}
            maxLength={100}
          />
          {accounts.length > 1 && (
            <Select
              label={t('orders.channel')}
              value={accountId}
              onChange={(value) => setAccountId(value ?? '')}
              data={[
                { value: '', label: t('orders.channel.all') },
                ...accounts.map((account) => ({ value: account.accountId, label: account.name })),
              ]}
            />
          )}
          <Checkbox
            label={t('orders.list.advance')}
            checked={advance}
            onChange={(event) => setAdvance(event.currentTarget.checked)}
          />
        </div>
        {preview.error && read.trim() !== '' && <ErrorNotice error={preview.error} />}
        {plan && (
          <output className={styles['figures']}>
            {t('orders.list.figures', {
              ready: plan.ready,
              advanced: plan.advanced,
              problems: plan.problems,
            })}
          </output>
        )}
        {plan && plan.rows.length > 0 && (
          // Scrolled by keyboard as well.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <section className={styles['rows']} tabIndex={0} aria-label={t('orders.list.preview')}>
            <Table stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th className="qs-number">{t('orders.list.row')}</Table.Th>
                  <Table.Th>{t('orders.one')}</Table.Th>
                  <Table.Th>{t('orders.column.customer')}</Table.Th>
                  <Table.Th>{t('orders.carrier')}</Table.Th>
                  <Table.Th>{t('orders.tracking')}</Table.Th>
                  <Table.Th>{t('orders.list.outcome')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {plan.rows.slice(0, SHOWN).map((row) => (
                  <PreviewRow key={row.row} row={row} />
                ))}
              </Table.Tbody>
            </Table>
          </section>
        )}
        <div className={styles['end']}>
          <Button variant="default" onClick={onClose}>
            {t('orders.cancel')}
          </Button>
          <Button
            leftSection={<IconTruckDelivery size={16} />}
            disabled={ready === 0}
            loading={ship.isPending}
            onClick={run}
          >
            {t('orders.list.ship', { count: ready })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function PreviewRow({ row }: { readonly row: ShipRow }) {
  const t = useText();
  return (
    <Table.Tr>
      <Table.Td className="qs-number">{row.row}</Table.Td>
      <Table.Td>{row.order}</Table.Td>
      <Table.Td>{row.customerName}</Table.Td>
      <Table.Td>{row.carrier}</Table.Td>
      <Table.Td className="qs-mono">{row.tracking}</Table.Td>
      <Table.Td className={styles['outcome']} data-bad={row.problem !== null || undefined}>
        {row.problem === null
          ? t(row.advanced ? 'orders.list.ok.advanced' : 'orders.list.ok', { count: row.units })
          : t(`orders.list.problem.${row.problem}`)}
      </Table.Td>
    </Table.Tr>
  );
}
