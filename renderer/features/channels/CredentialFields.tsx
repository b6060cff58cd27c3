import { PasswordInput, Select, TextInput } from '@mantine/core';
import { CREDENTIAL_FORMS } from '#shared/domain/channel-credentials.ts';
import type { Platform } from '#shared/domain/platforms.ts';
import { useText } from '../../lib/text.ts';
import type { Credentials } from './credentials.ts';
import styles from './forms.module.css';

export interface CredentialFieldsProps {
  readonly platform: Platform;
  readonly values: Credentials;
  readonly onChange: (values: Credentials) => void;
}

/** The keys that a platform asks for. They go to the key store and never come back to a window. */
export function CredentialFields({ platform, values, onChange }: CredentialFieldsProps) {
  const t = useText();
  return (
    <>
      <p className={styles['hint']}>{t(`channels.${platform}.keys`)}</p>
      {CREDENTIAL_FORMS[platform]?.fields.map(({ key, labelId, helpId, secret, optional, choices }) => {
        const common = {
          label: t(labelId),
          description: t(helpId),
          required: !optional,
          value: values[key] ?? '',
          autoComplete: 'off',
        };
        const put = (value: string): void => onChange({ ...values, [key]: value });
        if (choices)
          return (
            <Select
              key={key}
              {...common}
              data={choices.map((value) => ({ value, label: t(`${labelId}.${value}`) }))}
              value={values[key] ?? choices[0] ?? null}
              onChange={(value) => put(value ?? '')}
            />
          );
        if (secret)
          return (
            <PasswordInput
              key={key}
              {...common}
              visibilityToggleButtonProps={{ 'aria-label': t('channels.secret.show') }}
              onChange={(event) => put(event.currentTarget.value)}
            />
          );
        return (
          <TextInput
            key={key}
            {...common}
            classNames={{ input: 'qs-mono' }}
            onChange={(event) => put(event.currentTarget.value)}
          />
        );
      })}
    </>
  );
}
