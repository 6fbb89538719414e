/*
 * valmer.core.js 2.4.1 - loaded by every page of the intranet since 2012.
 * Written in the days of jQuery 1.7 and grown since; half of the portal depends on it, nobody
 * knows which half. The demo keeps it because real pages have one, and the widget has to live
 * with it: it patches fetch and the prototypes, listens to every key and watches the whole body.
 * With ?evil in the address it also does what Prototype.js did to Object and to JSON.
 */
var MV = window.MV || {};
window.MV = MV;

(function (win, doc) {
  /* ---- "the language is missing things" (all enumerable, as it was done) ---- */

  Array.prototype.last = function () {
    return this[this.length - 1];
  };

  Array.prototype.remove = function (value) {
    for (var i = this.length - 1; i >= 0; i--) if (this[i] == value) this.splice(i, 1);
    return this;
  };

  /* One level only, and it drops null and undefined: older than the standard's, and different. */
  Array.prototype.flatten = function () {
    var out = [];
    for (var i = 0; i < this.length; i++) {
      if (this[i] instanceof Array) out = out.concat(this[i]);
      else if (this[i] != null) out.push(this[i]);
    }
    return out;
  };

  Array.prototype.contains = function (value) {
    for (var i = 0; i < this.length; i++) if (this[i] == value) return true;
    return false;
  };

  String.prototype.contains = function (part) {
    return this.indexOf(part) > -1;
  };

  String.prototype.trim = function () {
    return this.replace(/^\s\s*/, '').replace(/\s\s*$/, '');
  };

  Number.prototype.toMoney = function () {
    return this.toFixed(2).replace('.', ',');
  };

  /* Selectors that a browser does not know used to throw; here they simply do not match. */
  var nativeMatches = Element.prototype.matches;
  Element.prototype.matches = function (selector) {
    try {
      return nativeMatches.call(this, selector);
    } catch (e) {
      return false;
    }
  };

  /* html5shiv, long after the last Internet Explorer. Forgets the second argument. */
  var nativeCreate = doc.createElement;
  doc.createElement = function (name) {
    return nativeCreate.call(doc, String(name).toLowerCase());
  };

  if (/[?&]evil\b/.test(location.search)) {
    Object.prototype.extend = function (other) {
      for (var key in other) this[key] = other[key];
      return this;
    };
    Array.prototype.toJSON = function () {
      var parts = [];
      for (var i = 0; i < this.length; i++) parts.push(JSON.stringify(this[i]));
      return '[' + parts.join(', ') + ']';
    };
  }

  /* ---- "one place for all Ajax": counts calls, shows a wait cursor, speaks strings ---- */

  MV.ajax = { active: 0, total: 0, failed: 0, last: null };

  function started(url) {
    MV.ajax.active++;
    MV.ajax.total++;
    MV.ajax.last = String(url);
    doc.documentElement.classList.add('mv-busy');
  }

  function ended() {
    MV.ajax.active = Math.max(0, MV.ajax.active - 1);
    if (!MV.ajax.active) doc.documentElement.classList.remove('mv-busy');
  }

  var nativeFetch = win.fetch;
  win.fetch = function (input, init) {
    started(input && input.url ? input.url : input);
    return nativeFetch.apply(win, arguments).then(
      function (response) {
        ended();
        return response;
      },
      function (error) {
        ended();
        MV.ajax.failed++;
        /* The old error handler wants text, so nobody gets an Error any more. */
        return Promise.reject('Ajax error: ' + (error && error.message ? error.message : error));
      }
    );
  };

  var nativeOpen = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url) {
    started(url);
    this.addEventListener('loadend', ended);
    return nativeOpen.apply(this, arguments);
  };

  /* The portal wants to hear of every change of address. */
  var nativePush = history.pushState;
  history.pushState = function () {
    var result = nativePush.apply(history, arguments);
    win.dispatchEvent(new CustomEvent('mv:navigate', { detail: location.href }));
    return result;
  };

  /* ---- a small $ ---- */

  win.$ = function (selector, root) {
    return Array.prototype.slice.call((root || doc).querySelectorAll(selector));
  };

  MV.el = function (name, attributes, children) {
    var node = doc.createElement(name);
    for (var key in attributes || {}) {
      if (!Object.prototype.hasOwnProperty.call(attributes, key)) continue;
      if (key === 'text') node.textContent = attributes[key];
      else if (key.slice(0, 2) === 'on') node.addEventListener(key.slice(2), attributes[key]);
      else if (attributes[key] === true) node.setAttribute(key, '');
      else if (attributes[key] != null && attributes[key] !== false) node.setAttribute(key, attributes[key]);
    }
    (children || []).forEach(function (child) {
      if (child != null) node.appendChild(typeof child === 'string' ? doc.createTextNode(child) : child);
    });
    return node;
  };

  /* ---- hotkeys: `/` goes to the search, `?` opens the help, Escape closes what is open ---- */

  MV.hotkeys = { slash: 0, help: 0, escape: 0 };

  function typing(target) {
    return target && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  doc.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      MV.hotkeys.escape++;
      win.dispatchEvent(new CustomEvent('mv:close'));
      return;
    }
    if (typing(event.target)) return;
    if (event.key === '/') {
      MV.hotkeys.slash++;
      var search = doc.getElementById('site-search');
      if (search) search.focus();
      event.preventDefault();
    } else if (event.key === '?') {
      MV.hotkeys.help++;
      win.dispatchEvent(new CustomEvent('mv:help'));
      event.preventDefault();
    }
  });

  /* ---- links to elsewhere get a mark, whenever and wherever they turn up ---- */

  MV.mutations = 0;

  function markLinks(root) {
    if (!root.querySelectorAll) return;
    var links = root.querySelectorAll('a[href^="http"]:not([data-mv])');
    for (var i = 0; i < links.length; i++) {
      links[i].setAttribute('data-mv', '1');
      if (links[i].hostname !== location.hostname) {
        links[i].setAttribute('target', '_blank');
        links[i].setAttribute('rel', 'noopener');
      }
    }
  }

  doc.addEventListener('DOMContentLoaded', function () {
    markLinks(doc);
    new MutationObserver(function (records) {
      MV.mutations += records.length;
      for (var i = 0; i < records.length; i++) {
        for (var j = 0; j < records[i].addedNodes.length; j++) markLinks(records[i].addedNodes[j]);
      }
    }).observe(doc.body, { childList: true, subtree: true, attributes: true, characterData: true });
  });

  /* ---- `href="#"` was the button of those days ---- */

  doc.addEventListener(
    'click',
    function (event) {
      var link = event.target.closest ? event.target.closest('a[href="#"]') : null;
      if (link) event.preventDefault();
    },
    true
  );
})(window, document);
