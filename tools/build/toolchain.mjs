// Finds the compiler that makes Wasm. The ordinary one is rustup's, with the target
// wasm32-unknown-unknown; where that target cannot be had, Debian's Rust for the web builds the
// same code together with its standard library. tools/setup.sh installs whichever is missing.

import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run, ToolError } from './run.mjs';
import { target } from './paths.mjs';

const TRIPLE = 'wasm32-unknown-unknown';

/**
 * A quarter of the linker's usual stack; the deepest document (a test sends one) fits. What lies
 * above it has shorter addresses in every instruction, and the page lends less memory.
 */
const LINKING = ['-Clink-arg=-zstack-size=262144'];

/**
 * The way to build for wasm32 on this machine: how to call cargo, and where its output lands.
 * `name` is `rustup` or `debian`.
 */
export async function wasmToolchain() {
  const asked = await run('rustc', ['--print', 'target-libdir', '--target', TRIPLE], {
    capture: true,
    allowFailure: true,
  });
  if (asked.code === 0 && existsSync(asked.output.trim())) {
    return { name: 'rustup', cargo: 'cargo', args: [], env: {}, target };
  }
  if (existsSync('/usr/bin/wasm-ld-19') && existsSync('/usr/lib/rustlib/src') && existsSync('/usr/bin/cargo')) {
    return {
      name: 'debian',
      cargo: '/usr/bin/cargo',
      args: ['-Z', 'build-std=std,panic_abort'],
      env: {
        PATH: `/usr/bin:${process.env.PATH}`,
        // build-std is unstable in name; Debian's release compiler takes it with this.
        RUSTC_BOOTSTRAP: '1',
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: 'wasm-ld-19',
        // Two compilers in one directory would throw away each other's work at every turn.
        CARGO_TARGET_DIR: join(target, 'debian'),
      },
      target: join(target, 'debian'),
    };
  }
  throw new ToolError(`No Rust compiler for ${TRIPLE} was found. Run \`make setup\`, or: rustup target add ${TRIPLE}`);
}

/**
 * Panic messages name source files. What is shipped must not tell where its builder's home is, nor
 * differ from machine to machine because of it. The standard library goes by the one name that its
 * compiled half has already, so that no path is shipped twice.
 */
async function withoutMachinePaths() {
  const sources = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
  const registries = existsSync(sources) ? readdirSync(sources) : [];
  const { output: version } = await run('rustc', ['-vV'], { capture: true });
  const { output: sysroot } = await run('rustc', ['--print', 'sysroot'], { capture: true });
  const commit = /^commit-hash: (.+)$/m.exec(version)?.[1];
  const from = {
    [join(sysroot.trim(), 'lib/rustlib/src/rust')]: `/rustc/${commit}`,
    '/usr/lib/rustlib/src': 'std',
    ...Object.fromEntries(registries.map((name) => [join(sources, name), 'crates'])),
  };
  const flags = Object.entries(from).map(([path, name]) => `--remap-path-prefix=${path}=${name}`);
  return ['--config', `target.${TRIPLE}.rustflags=${JSON.stringify([...flags, ...LINKING])}`];
}

/** Runs a cargo command for wasm32 and returns the directory of its artifacts for `profile`. */
export async function cargoForWasm(command, profile, args, options) {
  const chain = await wasmToolchain();
  const all = [...(await withoutMachinePaths()), command, '--profile', profile, '--target', TRIPLE, ...chain.args, ...args];
  await run(chain.cargo, all, { ...options, env: chain.env });
  return join(chain.target, TRIPLE, profile === 'dev' ? 'debug' : profile);
}
