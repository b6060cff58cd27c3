import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyError } from '../../ui/notify.tsx';
import styles from './localisation.module.css';

type Cell = Result<'localisation.rows'>['cells'][number];
const PAGE = 50;

export function TextRows({ accountId, locale }: { readonly accountId: string; readonly locale: string }) {
  const t = useText();
  const [offset, setOffset] = useState(0);
  const { data, error, refetch } = useEngineQuery('localisation.rows', {
    accountId,
    locale,
    offset,
    limit: PAGE,
  });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('localisation.field')}</th>
            <th scope="col">{t('localisation.source')}</th>
            <th scope="col">{locale}</th>
          </tr>
        </thead>
        <tbody>
          {data.cells.map((cell) => (
            <TextRow key={`${cell.productId} ${cell.field} ${cell.text}`} cell={cell} locale={locale} />
          ))}
        </tbody>
      </table>
      <div className={styles['bar']}>
        <Button variant="default" disabled={offset === 0} onClick={() => setOffset(offset - PAGE)}>
          {t('localisation.before')}
        </Button>
        <Button
          variant="default"
          disabled={offset + PAGE >= data.total}
          onClick={() => setOffset(offset + PAGE)}
        >
          {t('localisation.next')}
        </Button>
      </div>
    </>
  );
}

/** Written when the field is left; an unchanged text writes nothing. */
function TextRow({ cell, locale }: { readonly cell: Cell; readonly locale: string }) {
  const t = useText();
  const [text, setText] = useState(cell.text);
  const edit = useEngineCommand('localisation.edit');
  const field = t(`localisation.field.${cell.field}`);
  const save = (): void => {
    if (text === cell.text) return;
    edit.mutate(
      { locale, cells: [{ productId: cell.productId, field: cell.field, text }] },
      { onError: notifyError },
    );
  };
  const remarks = [
    ...(cell.stale ? [t('localisation.stale')] : []),
    ...cell.issues.map(({ code, detail }) => t(`localisation.issue.${code}`, { detail })),
  ];
  return (
    <tr>
      <td>{field}</td>
      <td className={styles['source']}>{cell.source}</td>
      <td>
        <Textarea
          aria-label={`${field}, ${locale}`}
          autosize
          maxRows={8}
          value={text}
          error={remarks.length > 0 ? remarks.join(' ') : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={save}
        />
      </td>
    </tr>
  );
}
