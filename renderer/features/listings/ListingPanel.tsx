import { Tabs } from '@mantine/core';
import { useEngineQuery } from '../../lib/engine.tsx';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { PlatformMark } from '../../ui/PlatformMark.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { MarketTab, useHasMarket } from './attributes/MarketTab.tsx';
import type { ListingAccount } from './listing-account.ts';
import { ListingFields } from './ListingFields.tsx';
import { ListingHistory } from './ListingHistory.tsx';
import { ListingImages } from './ListingImages.tsx';
import { ListingTrail } from './ListingTrail.tsx';
import styles from './listings.module.css';
import { QualityTab } from './quality/QualityTab.tsx';

export interface ListingPanelProps {
  readonly listingId: string;
  readonly accounts: readonly ListingAccount[];
  readonly fields: FieldTexts;
  /** Shows another listing: a sibling. */
  readonly onOpen: (listingId: string) => void;
  /** Goes to the cell in the spreadsheet. */
  readonly onJump: (rid: number, key: string) => void;
  readonly onClose: () => void;
}

/** One listing: every field on both sides, why it is not live, its variants, images and history. */
export function ListingPanel({ listingId, accounts, fields, onOpen, onJump, onClose }: ListingPanelProps) {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('listings.get', { listingId }, { keep: true });
  const hasMarket = useHasMarket(listingId);
  if (!data) {
    return (
      <SidePanel title={t('listings.panel')} onClose={onClose} width={480}>
        {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loading />}
      </SidePanel>
    );
  }
  const { row, fields: names, siblings } = data;
  const value = (name: string): unknown => row.values[names.findIndex((field) => field === name)];
  const textOf = (name: string): string | null => {
    const found = value(name);
    return typeof found === 'string' ? found : null;
  };
  const account = accounts.find(({ accountId }) => accountId === row.accountId);
  const images = value('images');
  return (
    <SidePanel title={textOf('title') ?? t('listings.panel')} onClose={onClose} width={480}>
      <div className={styles['stack']}>
        <div className={styles['facts']}>
          <PlatformMark platform={row.platform} name={account?.name ?? ''} />
          <span className="qs-mono qs-selectable">{textOf('sku') ?? t('shell.noSku')}</span>
          {row.variant !== '' && <span>{row.variant}</span>}
          <span className="qs-muted">
            {t('listings.read')} <Age at={row.readAt} />
          </span>
        </div>
        <Tabs defaultValue="fields" keepMounted={false} styles={{ tab: { paddingInline: 9 } }}>
          <Tabs.List>
            <Tabs.Tab value="fields">{t('listings.panel.fields')}</Tabs.Tab>
            <Tabs.Tab value="why">{t('listings.panel.why')}</Tabs.Tab>
            <Tabs.Tab value="variants">{t('listings.panel.variants', { count: siblings.length })}</Tabs.Tab>
            <Tabs.Tab value="images">
              {t('listings.panel.images', { count: Array.isArray(images) ? images.length : 0 })}
            </Tabs.Tab>
            <Tabs.Tab value="quality">{t('quality.tab')}</Tabs.Tab>
            {hasMarket && <Tabs.Tab value="market">{t('market.tab')}</Tabs.Tab>}
            <Tabs.Tab value="history">{t('listings.panel.history')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="fields" pt="md">
            <ListingFields row={row} names={names} fields={fields} onJump={(key) => onJump(row.rid, key)} />
          </Tabs.Panel>
          <Tabs.Panel value="why" pt="md">
            <ListingTrail listingId={row.listingId} currency={row.currency} fields={fields} />
          </Tabs.Panel>
          <Tabs.Panel value="variants" pt="md">
            <ul className={styles['plainList']}>
              {siblings.map((sibling) => (
                <li key={sibling.listingId}>
                  <button
                    type="button"
                    className={styles['linkRow']}
                    aria-current={sibling.listingId === row.listingId}
                    onClick={() => onOpen(sibling.listingId)}
                  >
                    <span className="qs-mono">{sibling.sku ?? t('shell.noSku')}</span>
                    <span>{sibling.variant === '' ? t('listings.panel.simple') : sibling.variant}</span>
                  </button>
                </li>
              ))}
            </ul>
          </Tabs.Panel>
          <Tabs.Panel value="images" pt="md">
            <ListingImages images={images} />
          </Tabs.Panel>
          <Tabs.Panel value="quality" pt="md">
            <QualityTab listingId={row.listingId} fields={fields} onOpen={onOpen} />
          </Tabs.Panel>
          {hasMarket && (
            <Tabs.Panel value="market" pt="md">
              <MarketTab listingId={row.listingId} />
            </Tabs.Panel>
          )}
          <Tabs.Panel value="history" pt="md">
            <ListingHistory listingId={row.listingId} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </SidePanel>
  );
}
