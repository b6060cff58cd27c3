import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconTags, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './quality.module.css';

type Accounts = Result<'quality.overview'>['accounts'];

/** The words that an account wants to be found by; rules of keywords apply once there are some. */
export function KeywordsView({ accounts }: { readonly accounts: Accounts }) {
  const t = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const accountId = chosen ?? accounts[0]?.accountId;
  if (accountId === undefined) {
    return <EmptyState icon={IconTags} title={t('quality.none.title')} text={t('quality.none.text')} />;
  }
  return (
    <div className={styles['keywords']}>
      <NativeSelect
        size="xs"
        label={t('quality.account')}
        value={accountId}
        onChange={({ currentTarget: { value } }) => setChosen(value)}
        data={accounts.map(({ accountId: value, name }) => ({ value, label: name }))}
      />
      <AddKeywords key={accountId} accountId={accountId} />
      <Bank accountId={accountId} />
    </div>
  );
}

function AddKeywords({ accountId }: { readonly accountId: string }) {
  const t = useText();
  const [text, setText] = useState('');
  const [productType, setProductType] = useState('');
  const { mutate, isPending } = useEngineCommand('quality.addKeywords');
  const phrases = text
    .split(/[\n,;]+/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
  return (
    <form
      className={styles['bar']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate(
          { accountId, productType, phrases },
          {
            onSuccess: ({ added }) => {
              setText('');
              notifyDone(t('quality.keywords.added', { count: added }));
            },
            onError: notifyError,
          },
        );
      }}
    >
      <Textarea
        size="xs"
        className={styles['grow'] ?? ''}
        label={t('quality.keywords.words')}
        description={t('quality.keywords.how')}
        autosize
        minRows={2}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <TextInput
        size="xs"
        label={t('quality.keywords.type')}
        description={t('quality.keywords.everyType')}
        value={productType}
        onChange={({ currentTarget: { value } }) => setProductType(value)}
      />
      <Button type="submit" size="compact-sm" loading={isPending} disabled={phrases.length === 0}>
        {t('quality.keywords.add')}
      </Button>
    </form>
  );
}

function Bank({ accountId }: { readonly accountId: string }) {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('quality.keywords', { accountId });
  const { mutate } = useEngineCommand('quality.removeKeyword');
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.keywords.length === 0) {
    return (
      <EmptyState icon={IconTags} title={t('quality.keywords.none')} text={t('quality.keywords.none.text')} />
    );
  }
  return (
    <ul className={styles['chips']} aria-label={t('quality.view.keywords')}>
      {data.keywords.map(({ keywordId, phrase, productType }) => (
        <li key={keywordId}>
          {phrase}
          {productType !== '' && <span className="qs-muted"> {productType}</span>}
          <button
            type="button"
            aria-label={t('quality.keywords.remove', { phrase })}
            onClick={() => mutate({ keywordId }, { onError: notifyError })}
          >
            <IconX size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
