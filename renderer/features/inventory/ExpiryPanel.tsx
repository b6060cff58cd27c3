import { Select } from '@mantine/core';
import { useState } from 'react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { LotTable } from './LotTable.tsx';

const SPANS = ['0', '30', '90', '365', 'all'] as const;

/** Lots in stock by their last day: what has expired first. */
export function ExpiryPanel({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const asked = useNavigation((navigation) => navigation.params['within']);
  const [span, setSpan] = useState<string>(SPANS.find((one) => one === asked) ?? '90');
  const { data, error } = useEngineQuery(
    'inventory.expiry',
    span === 'all' ? {} : { withinDays: Number(span) },
  );
  return (
    <SidePanel title={t('inventory.expiry')} onClose={onClose} width={560}>
      <Select
        label={t('inventory.expiry.within')}
        data={SPANS.map((value) => ({ value, label: t(`inventory.expiry.${value}`) }))}
        value={span}
        allowDeselect={false}
        mb="sm"
        onChange={(value) => setSpan(value ?? span)}
      />
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {data?.lots.length === 0 && <p className="qs-muted">{t('inventory.expiry.none')}</p>}
      {data && data.lots.length > 0 && <LotTable lots={data.lots} named />}
      {data && data.total > data.lots.length && (
        <p className="qs-muted">{t('inventory.expiry.more', { count: data.total - data.lots.length })}</p>
      )}
    </SidePanel>
  );
}
