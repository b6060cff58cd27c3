import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { PaperDialog, usePaperLanguage } from '../documents/PaperDialog.tsx';

/** The pick list of a round on paper, in the order of the walk. */
export function SheetPreview({
  batchId,
  number,
  onClose,
}: {
  readonly batchId: string;
  readonly number: number;
  readonly onClose: () => void;
}) {
  const t = useText();
  const [language, setLanguage] = usePaperLanguage();
  const { data, error, refetch } = useEngineQuery('waves.sheet', { batchId, locale: language });
  return (
    <PaperDialog
      title={t('waves.sheet', { number })}
      paper={data}
      error={error}
      onRetry={() => void refetch()}
      language={language}
      onLanguage={setLanguage}
      onClose={onClose}
    />
  );
}
