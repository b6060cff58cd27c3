import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useHasText, useText } from '../lib/text.ts';
import { errorFacts } from './error-facts.ts';
import styles from './ErrorNotice.module.css';

export interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** What failed and what to do next by its code, and the engine's own words, which name the thing. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const t = useText();
  const has = useHasText();
  const { code, message } = errorFacts(error);
  return (
    <div className={styles['notice']} role="alert">
      <IconAlertTriangle className={styles['icon']} size={18} aria-hidden="true" />
      <div className={styles['words']}>
        <strong>{has(`errors.${code}`) ? t(`errors.${code}`) : t('errors.INTERNAL')}</strong>
        {message !== '' && <span className={styles['detail']}>{message}</span>}
        {has(`errors.${code}.next`) && <span>{t(`errors.${code}.next`)}</span>}
        <span className={styles['code']}>{code}</span>
      </div>
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          {t('shell.retry')}
        </Button>
      )}
    </div>
  );
}
