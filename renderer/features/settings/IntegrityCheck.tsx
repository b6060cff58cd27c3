import { Button } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useHasText, useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import styles from './IntegrityCheck.module.css';
import { Row, Section } from './Section.tsx';

/** Checks database, journal and outbox against each other, on demand, and shows each finding. */
export function IntegrityCheck() {
  const t = useText();
  const has = useHasText();
  const engine = useEngine();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [result, setResult] = useState<Result<'workspace.verify'> | null>(null);
  const check = (): void => {
    setBusy(true);
    setError(null);
    engine
      .call('workspace.verify', {})
      .then(setResult, setError)
      .finally(() => setBusy(false));
  };
  const nameOf = (name: string): string =>
    has(`settings.check.${name}`) ? t(`settings.check.${name}`) : name;
  return (
    <Section title={t('settings.verify')}>
      <Row
        label={
          result ? t(result.ok ? 'settings.verify.ok' : 'settings.verify.bad') : t('settings.verify.label')
        }
        hint={t('settings.verify.hint')}
      >
        <Button variant="default" loading={busy} onClick={check}>
          {t('settings.verify.now')}
        </Button>
      </Row>
      {error !== null && <ErrorNotice error={error} onRetry={check} />}
      {result && (
        <ul className={styles['checks']} aria-label={t('settings.verify.results')}>
          {result.checks.map(({ name, ok, detail }) => (
            <li key={name} className={styles['check']} data-ok={ok}>
              {ok ? <IconCheck size={14} aria-hidden="true" /> : <IconX size={14} aria-hidden="true" />}
              <span>
                {nameOf(name)}
                <span className="qs-hidden">: {t(ok ? 'settings.check.ok' : 'settings.check.wrong')}</span>
              </span>
              {detail !== 'ok' && <span className="qs-muted">{detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
