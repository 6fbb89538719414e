// Builds the widget into dist/ (`make dist`).

import { buildWidget } from './build/widget.mjs';
import { main } from './build/run.mjs';

await main(buildWidget);
