import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { PaperDialog, usePaperLanguage } from './PaperDialog.tsx';

export interface DocumentPreviewProps {
  readonly kind: 'pick-list' | 'packing-slip';
  readonly orderIds: readonly string[];
  readonly onClose: () => void;
}

/** The paper of some orders. */
export function DocumentPreview({ kind, orderIds, onClose }: DocumentPreviewProps) {
  const t = useText();
  const [language, setLanguage] = usePaperLanguage();
  const { data, error, refetch } = useEngineQuery('orders.document', {
    kind,
    orderIds: [...orderIds],
    locale: language,
  });
  return (
    <PaperDialog
      title={t(`orders.document.${kind}.count`, { count: orderIds.length })}
      paper={data}
      error={error}
      onRetry={() => void refetch()}
      language={language}
      onLanguage={setLanguage}
      onClose={onClose}
    />
  );
}
