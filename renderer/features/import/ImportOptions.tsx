import { Select } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { READ_FORMATS } from '#shared/contract/workspace.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { fileName, shownFormat, type ImportFlow } from './import-flow.ts';
import styles from './import.module.css';
import type { ImportControl } from './use-import.ts';

const LOCAL = 'local';

/** The file, how it is read, and where its rows go; each can be changed and gives a new preview. */
export function ImportOptions({
  flow,
  control,
}: {
  readonly flow: Exclude<ImportFlow, { step: 'choose' } | { step: 'done' }>;
  readonly control: ImportControl;
}) {
  const t = useText();
  const { request, plan } = flow;
  const accounts = useEngineQuery('channels.list', {}).data?.accounts ?? [];
  const shops = accounts.filter(({ platform }) => platform !== LOCAL);
  const account = accounts.find(({ accountId }) => accountId === request.accountId);
  const currencies = useCurrencies();
  const busy = flow.step === 'applying';
  return (
    <div className={styles['options']}>
      <div className={styles['file']}>
        <IconFileSpreadsheet size={22} stroke={1.5} aria-hidden="true" />
        <div className={styles['fileWords']}>
          <strong title={request.file}>{fileName(request.file)}</strong>
          <span className="qs-muted">{plan === null ? '\u00a0' : <FileFacts plan={plan} />}</span>
        </div>
      </div>
      <Select
        label={t('import.option.format')}
        disabled={busy}
        value={shownFormat(request, plan)}
        data={READ_FORMATS.map((value) => ({ value, label: t(`import.format.${value}`) }))}
        onChange={(value) => control.change({ format: value ?? undefined, mapping: undefined })}
      />
      <Select
        label={t('import.option.account')}
        disabled={busy}
        value={request.accountId ?? LOCAL}
        data={[
          { value: LOCAL, label: t('import.local') },
          ...shops.map(({ accountId, name }) => ({ value: accountId, label: name })),
        ]}
        onChange={(value) =>
          control.change({
            accountId: value === null || value === LOCAL ? undefined : value,
            currency: undefined,
          })
        }
      />
      <Select
        label={t('import.option.currency')}
        className={styles['currency']}
        searchable
        disabled={busy || (account?.currency ?? null) !== null}
        value={request.currency ?? account?.currency ?? plan?.currency ?? null}
        data={currencies}
        nothingFoundMessage={t('import.option.noCurrency')}
        onChange={(value) => control.change({ currency: value ?? undefined })}
      />
    </div>
  );
}

function FileFacts({ plan }: { readonly plan: NonNullable<Extract<ImportFlow, { step: 'ready' }>['plan']> }) {
  const t = useText();
  const delimiter =
    { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', xlsx: 'xlsx', json: 'json' }[plan.delimiter] ??
    'other';
  return t('import.file.facts', {
    rows: plan.rows,
    encoding: plan.encoding.toUpperCase(),
    delimiter: t(`import.delimiter.${delimiter}`),
  });
}

/** Every currency that the system knows, by code and name. */
function useCurrencies(): { value: string; label: string }[] {
  const { locale } = useIntl();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'currency' });
    return Intl.supportedValuesOf('currency').map((code) => ({
      value: code,
      label: `${code} – ${names.of(code) ?? code}`,
    }));
  }, [locale]);
}
