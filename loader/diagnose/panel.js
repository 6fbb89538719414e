// With `data-debug` the report goes to the console, and a line in each element tells the page's
// owner that it is there.

import { make } from '../dom.js';

/** How many things there are to look at. */
const findings = ({ problem, failure, operations }) =>
  (problem ? 1 : 0) + (failure ? 1 : 0) + Object.values(operations).reduce((sum, { advice = [] }) => sum + advice.length, 0);

/** Logs it, and shows a line with a button to copy it. */
export const showDebug = (report, { surfaces }) => {
  const found = findings(report);
  console.info(`${report.text}\n`);
  for (const { frame, mount } of surfaces.values()) {
    frame.querySelectorAll('.debug').forEach((old) => old.remove());
    const copy = make('button', { class: 'go', part: 'button' }, 'Copy the report');
    copy.onclick = async () => {
      try {
        await navigator.clipboard.writeText(report.text);
        copy.textContent = 'Copied';
      } catch {
        copy.textContent = 'It is in the console';
      }
    };
    const words = found === 1 ? '1 thing' : `${found} things`;
    const line = make('div', { class: 'debug', part: 'notice' }, make('small', {}, `Diagnosis (data-debug): ${found ? `${words} to look at` : 'all is well'}. The console has it in full. `), copy);
    mount.after(line);
  }
};
