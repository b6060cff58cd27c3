import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './inventory.module.css';

/** Adds the ledger up again on request; says so when it does not come out. */
export function LedgerProof() {
  const t = useText();
  const engine = useEngine();
  const [found, setFound] = useState<Result<'inventory.verify'> | null>(null);
  const check = (): void => {
    engine
      .call('inventory.verify', {})
      .then((result) => {
        setFound(result);
        if (result.ok) notifyDone(t('inventory.proof.ok', { count: result.movements }));
        return result;
      })
      .catch(notifyError);
  };
  return (
    <span className={styles['proof']}>
      {found && !found.ok && (
        <strong role="alert">
          {found.brokenAt === null
            ? t('inventory.proof.levels', { count: found.wrongLevels.length })
            : t('inventory.proof.broken', { seq: found.brokenAt })}
        </strong>
      )}
      <Button variant="subtle" size="compact-xs" onClick={check}>
        {t('inventory.proof')}
      </Button>
    </span>
  );
}
