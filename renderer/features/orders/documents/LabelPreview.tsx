import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { PaperDialog, usePaperLanguage } from './PaperDialog.tsx';

const SIZES = ['4x6', 'a6'] as const;

/** Address labels of some orders, with what is missing said above them. */
export function LabelPreview({
  orderIds,
  onClose,
}: {
  readonly orderIds: readonly string[];
  readonly onClose: () => void;
}) {
  const t = useText();
  const [language, setLanguage] = usePaperLanguage();
  const [size, setSize] = useState<(typeof SIZES)[number]>('4x6');
  const { data, error, refetch } = useEngineQuery('papers.label', {
    orderIds: orderIds.slice(0, 200),
    size,
    locale: language,
  });
  const missing = data?.missing ?? [];
  return (
    <PaperDialog
      title={t('waves.labels', { count: orderIds.length })}
      paper={data}
      error={error}
      onRetry={() => void refetch()}
      language={language}
      onLanguage={setLanguage}
      onClose={onClose}
      note={
        <Group gap="sm">
          <Button.Group>
            {SIZES.map((one) => (
              <Button
                key={one}
                size="xs"
                variant={one === size ? 'filled' : 'default'}
                aria-pressed={one === size}
                onClick={() => setSize(one)}
              >
                {t(`waves.labels.${one}`)}
              </Button>
            ))}
          </Button.Group>
          {missing.some(({ what }) => what.includes('sender')) && <span>{t('waves.labels.noSender')}</span>}
          {missing.some(({ what }) => what.includes('recipient')) && (
            <span>{t('waves.labels.noRecipient')}</span>
          )}
        </Group>
      }
    />
  );
}
