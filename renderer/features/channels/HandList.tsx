import { ActionIcon, Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Account, HandItem } from '#shared/contract/channels.ts';
import { bridge } from '../../lib/bridge.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useFieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './Health.module.css';
import { ShopLinks } from './ShopLinks.tsx';

/** So many are listed; the file holds all. */
const SHOWN = 200;

/** What a person has to change in the shop; each stays here until a download shows it. */
export function HandList({ account }: { readonly account: Account }) {
  const t = useText();
  const { accountId, name, platform, baseUrl } = account;
  const { data, error } = useEngineQuery('channels.handList', { accountId, limit: SHOWN }, { keep: false });
  const save = useEngineCommand('channels.exportHandList');
  const write = async (): Promise<void> => {
    const file = await bridge().saveFile('csv', `${name}-${t('channels.handList.file')}.csv`);
    if (file === null) return;
    const { items } = await save.mutateAsync({ accountId, file });
    notifyDone(t('channels.handList.saved', { count: items }));
  };
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Loading />;
  if (data.total === 0) return <p className="qs-muted">{t('channels.handList.none')}</p>;
  return (
    <div className={styles['section']}>
      <p className="qs-muted">{t('channels.handList.lead', { count: data.total })}</p>
      <ShopLinks platform={platform} baseUrl={baseUrl} />
      <div>
        <Button variant="default" loading={save.isPending} onClick={() => void write().catch(notifyError)}>
          {t('channels.handList.save')}
        </Button>
      </div>
      <ol className={styles['rows']}>
        {data.items.map((item) => (
          <Item
            key={`${item.listingId ?? item.title} ${item.field ?? ''}`}
            item={item}
            currency={account.currency ?? ''}
          />
        ))}
      </ol>
      {data.total > data.items.length && (
        <p className="qs-muted">{t('channels.handList.more', { count: data.total - data.items.length })}</p>
      )}
    </div>
  );
}

function Item({ item, currency }: { readonly item: HandItem; readonly currency: string }) {
  const t = useText();
  const fields = useFieldTexts();
  const { field, title, sku, from, to, at } = item;
  // What is typed into the shop's own form.
  const text = Array.isArray(to)
    ? to.flatMap((part) => (typeof part === 'string' ? part : [])).join(', ')
    : typeof to === 'object' || typeof to === 'boolean'
      ? ''
      : String(to);
  return (
    <li className={styles['entry']}>
      <div className={styles['entryHead']}>
        <strong className="qs-selectable">
          {field === null ? t('channels.handList.order', { number: title }) : title}
        </strong>
        <span className="qs-muted">
          {sku} <Age at={at} />
        </span>
        {text !== '' && (
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <ActionIcon
                aria-label={t(copied ? 'channels.handList.copied' : 'channels.handList.copy')}
                onClick={copy}
              >
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            )}
          </CopyButton>
        )}
      </div>
      <span className={`${styles['detail']} qs-selectable`}>
        {field === null
          ? t('channels.handList.ship', { tracking: typeof to === 'string' ? to : '' })
          : t('channels.handList.change', {
              field: fields.name(field),
              from: fields.value(field, from, currency),
              to: fields.value(field, to, currency),
            })}
      </span>
    </li>
  );
}
