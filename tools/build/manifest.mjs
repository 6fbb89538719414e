// What editors and tools read about the elements: TypeScript declarations and a Custom Elements
// Manifest (schema 1.0.0 of webcomponents/custom-elements-manifest), both generated from
// loader/elements.json, the table that the loader itself takes its attributes from.

import { readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** The table of elements, attributes and events. */
export const elementTable = () => JSON.parse(readFileSync(inRoot('loader/elements.json'), 'utf8'));

/** `page-size` to `pageSize`: the property that mirrors an attribute. */
export const propertyName = (attribute) => attribute.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

// Properties that HTMLElement has already, as strings; declaring them again would clash.
const NATIVE = new Set(['lang', 'dir']);

const doc = (text, indent = '') => `${indent}/** ${text} */\n`;

/** The type declarations: the elements, their events, and `window.entraide`. */
export function typeDeclarations(table) {
  const eventTypes = table.events
    .map((event) => `${doc(event.description, '  ')}  '${event.name}': CustomEvent<${event.detail}>;\n`)
    .join('');
  const classes = table.elements.map((element) => {
    const properties = [...element.attributes, ...table.shared.attributes]
      .filter(({ name }) => !NATIVE.has(name))
      .map(({ name, type, description }) => `${doc(description, '  ')}  ${propertyName(name)}: ${type};\n`)
      .join('');
    return `${doc(element.description)}export interface ${element.class}Element extends HTMLElement {\n${properties}}\n`;
  });
  const tags = table.elements.map(({ tag, class: name }) => `    '${tag}': ${name}Element;\n`).join('');
  return [
    '// Generated from loader/elements.json and loader/api.d.ts; do not edit.\n',
    readFileSync(inRoot('loader/api.d.ts'), 'utf8').trimEnd() + '\n',
    ...classes,
    `/** Events of the elements; all bubble and cross shadow roots. */\nexport interface EntraideEventMap {\n${eventTypes}}\n`,
    'declare global {\n' +
      '  interface Window {\n    /** There as soon as the script has run; calls wait for the widget. */\n    entraide: Entraide;\n  }\n' +
      `  interface HTMLElementTagNameMap {\n${tags}  }\n` +
      '  interface HTMLElementEventMap extends EntraideEventMap {}\n}\n',
  ].join('\n');
}

/** The Custom Elements Manifest. */
export function customElementsManifest(table) {
  const describe = new Map(table.events.map((event) => [event.name, event]));
  const declarations = table.elements.map((element) => {
    const attributes = [...element.attributes, ...table.shared.attributes];
    const events = [...table.shared.events, ...element.events];
    return {
      kind: 'class',
      customElement: true,
      tagName: element.tag,
      name: `${element.class}Element`,
      description: element.description,
      superclass: { name: 'HTMLElement' },
      attributes: attributes.map(({ name, type, description }) => ({
        name,
        fieldName: propertyName(name),
        type: { text: type },
        description,
      })),
      members: attributes.map(({ name, type, description }) => ({
        kind: 'field',
        name: propertyName(name),
        attribute: name,
        reflects: true,
        type: { text: type },
        description,
      })),
      events: events.map((name) => ({
        name,
        type: { text: `CustomEvent<${describe.get(name).detail}>` },
        description: describe.get(name).description,
      })),
      slots: table.shared.slots,
      cssParts: table.shared.parts.map((name) => ({ name })),
      cssProperties: table.shared.cssProperties,
    };
  });
  return {
    schemaVersion: '1.0.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: 'entraide.js',
        declarations,
        exports: table.elements.map(({ tag, class: name }) => ({
          kind: 'custom-element-definition',
          name: tag,
          declaration: { name: `${name}Element`, module: 'entraide.js' },
        })),
      },
    ],
  };
}
