// What works and what does not, for the page's owner (`entraide.diagnose()`, `data-debug`): a module
// of its own that no reader's page loads. It runs each operation that reads, a bounded number of
// calls one after the other, through a Wasm of its own that explains all it finds.
//
// The report holds no personal data and no secret: of responses the names and types of members
// (diagnose/shape.js), of addresses only what the mapping itself says.

import { environment, watchPolicy } from './diagnose/environment.js';
import { runOperations } from './diagnose/operations.js';
import { openProbe } from './diagnose/probe.js';
import { showDebug } from './diagnose/panel.js';
import { asText } from './diagnose/text.js';
import { readSettings } from './settings.js';

export { openProbe };

/** The report: `base` is what the loader knows, `widget` its inside, `app` what runs, if it does. */
export default async (base, widget, app) => {
  const policy = watchPolicy(widget.signal);
  const options = widget.options();
  const report = { ...base, ...environment(widget, options), memory: app?.memory(), operations: {} };
  try {
    const settings = await readSettings(options);
    const probe = await openProbe(options.assets, options.lang);
    const { problems, operations } = probe.open(settings);
    report.problems = problems.map(({ pointer, problem, hint }) => `${pointer || 'the document'}: ${problem}${hint && ` (${hint})`}`);
    report.problem = report.problems.join('\n') || undefined;
    Object.assign(report, await runOperations({ probe, operations, settings, widget, policy }));
  } catch (error) {
    // What cannot be looked into is told as far as it is known.
    report.problem = `${error?.message ?? error}${error?.detail ? `: ${error.detail}` : ''}`;
  }
  report.violations = [...new Set([...report.violations, ...policy.seen])];
  report.text = asText(report);
  policy.stop();
  if (widget.data('debug') != null) showDebug(report, widget);
  return report;
};
