import { Button } from '@mantine/core';
import { useState } from 'react';
import type { WorkspaceChoice } from '#shared/contract/bridge.ts';
import { bridge } from '../../lib/bridge.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useSettings } from '../../lib/settings.ts';
import { useHasText, useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import { Row, Section } from './Section.tsx';

/** Which workspace is open, what is in it, and how to open another. */
export function WorkspaceSettings() {
  const t = useText();
  const has = useHasText();
  const { info } = useSettings();
  const workspace = useEngineQuery('workspace.info', {}).data;
  const [busy, setBusy] = useState(false);
  const open = (choose: () => Promise<WorkspaceChoice | null>): void => {
    setBusy(true);
    choose()
      .then((choice) => (choice ? bridge().openWorkspace(choice) : undefined))
      .catch(notifyError)
      .finally(() => setBusy(false));
  };
  return (
    <Section title={t('settings.workspace')}>
      <Row
        label={<span className="qs-mono qs-selectable">{info.workspaceDir}</span>}
        hint={
          workspace &&
          t('settings.workspace.size', { listings: workspace.listings, orders: workspace.orders })
        }
      >
        {info.sample ? (
          <Button
            variant="default"
            loading={busy}
            onClick={() => open(() => Promise.resolve({ kind: 'default' }))}
          >
            {t('settings.workspace.own')}
          </Button>
        ) : (
          <Button
            variant="default"
            loading={busy}
            onClick={() => open(() => Promise.resolve({ kind: 'sample' }))}
          >
            {t('settings.workspace.sample')}
          </Button>
        )}
        <Button
          variant="default"
          loading={busy}
          onClick={() =>
            open(async () => {
              const dir = await bridge().pickFile('folder');
              return dir === null ? null : { kind: 'dir', dir };
            })
          }
        >
          {t('settings.workspace.other')}
        </Button>
      </Row>
      {workspace?.warnings.map((warning) => (
        <Row
          key={warning.code}
          label={t('settings.workspace.warning')}
          hint={
            has(`settings.warning.${warning.code}`) ? t(`settings.warning.${warning.code}`) : warning.message
          }
        >
          {null}
        </Row>
      ))}
    </Section>
  );
}
