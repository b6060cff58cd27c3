import { ActionIcon, Button, CopyButton, Loader, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { bridge } from '../../lib/bridge.ts';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import styles from './SignInWaiting.module.css';
import type { WaitingSignIn } from './use-sign-in.ts';

export interface SignInWaitingProps extends WaitingSignIn {
  readonly onCancel: () => void;
}

/** Shown while a person signs in in the browser: the address in case it did not open, and the way back. */
export function SignInWaiting({ url, opened, onCancel }: SignInWaitingProps) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  // The button that began this is gone; reading goes on here.
  useEffect(() => box.current?.focus(), []);
  const redirect = new URL(url).searchParams.get('redirect_uri');
  return (
    <div ref={box} className={styles['waiting']} tabIndex={-1}>
      <output className={styles['state']}>
        <Loader size={18} aria-hidden="true" />
        <span className={styles['words']}>
          <strong>{t('channels.signIn.waiting')}</strong>
          <span>{t(opened ? 'channels.signIn.opened' : 'channels.signIn.notOpened')}</span>
        </span>
      </output>
      <TextInput
        label={t('channels.signIn.address')}
        classNames={{ input: 'qs-mono' }}
        value={url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        rightSection={
          <CopyButton value={url}>
            {({ copied, copy }) => {
              const label = t(copied ? 'channels.signIn.copied' : 'channels.signIn.copy');
              return (
                <ActionIcon aria-label={label} title={label} onClick={copy}>
                  {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                </ActionIcon>
              );
            }}
          </CopyButton>
        }
      />
      {redirect !== null && (
        <p className="qs-muted">
          {t('channels.signIn.redirect')} <span className={styles['redirect']}>{redirect}</span>
        </p>
      )}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onCancel}>
          {t('channels.cancel')}
        </Button>
        {opened && (
          <Button variant="default" onClick={() => void bridge().openOutside(url).catch(notifyError)}>
            {t('channels.signIn.open')}
          </Button>
        )}
      </div>
    </div>
  );
}
