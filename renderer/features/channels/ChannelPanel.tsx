import type { Account } from '#shared/contract/channels.ts';
import { useText } from '../../lib/text.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { ConnectForm } from './ConnectForm.tsx';
import { EditForm } from './EditForm.tsx';
import { HandList } from './HandList.tsx';
import { Health } from './Health.tsx';
import { KeysForm } from './KeysForm.tsx';
import type { Panel } from './panel.ts';
import { Quarantine } from './Quarantine.tsx';
import { RemoveForm } from './RemoveForm.tsx';

const NARROW = 420;
/** The three buttons of a sign-in fit beside each other, in German too. */
const WIDE = 540;

export interface ChannelPanelProps {
  readonly panel: Panel;
  readonly accounts: readonly Account[];
  readonly onPanel: (panel: Panel) => void;
  readonly onClose: () => void;
}

export function ChannelPanel({ panel, accounts, onPanel, onClose }: ChannelPanelProps) {
  const t = useText();
  if (panel.kind === 'add')
    return (
      <SidePanel title={t('channels.add.title')} width={WIDE} onClose={onClose}>
        <ConnectForm onDone={onClose} />
      </SidePanel>
    );
  const account = accounts.find(({ accountId }) => accountId === panel.accountId);
  if (panel.kind === 'quarantine')
    return (
      <SidePanel title={t('channels.quarantine')} width={560} onClose={onClose}>
        <Quarantine accountId={panel.accountId} accounts={accounts} />
      </SidePanel>
    );
  if (!account) return null;
  if (panel.kind === 'health')
    return (
      <SidePanel title={t('channels.health.title', { name: account.name })} width={520} onClose={onClose}>
        <Health
          key={account.accountId}
          account={account}
          onRenew={() => onPanel({ kind: 'keys', accountId: account.accountId })}
        />
      </SidePanel>
    );
  if (panel.kind === 'handList')
    return (
      <SidePanel title={t('channels.handList.title', { name: account.name })} width={520} onClose={onClose}>
        <HandList key={account.accountId} account={account} />
      </SidePanel>
    );
  const Form = { edit: EditForm, keys: KeysForm, remove: RemoveForm }[panel.kind];
  return (
    <SidePanel
      title={t(`channels.${panel.kind}.title`, { name: account.name })}
      width={panel.kind === 'keys' ? WIDE : NARROW}
      onClose={onClose}
    >
      <Form key={account.accountId} account={account} onDone={onClose} />
    </SidePanel>
  );
}
