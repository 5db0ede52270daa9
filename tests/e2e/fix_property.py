#!/usr/bin/env python3
"""Every fix that lint offers, on every template of testdata and the corpus.

    tests/e2e/fix_property.py CFNREACH [--every N] [FOLDER...]

With --every N, on one template of N, always the same ones, and of each the first ten fixes
(`make test`; all of them are `make fix-property`).

The edits of the JSON report are applied here, by other means than the product's: the result
has to parse in a second YAML (or JSON) library, and to have the finding no more, nor anything
as severe that was not there before. `cfnreach fix --only` has to make the same bytes, and so do
the replacements of the SARIF log, applied as an editor does: by line and column (UTF-16).
"""
import collections, concurrent.futures, json, os, re, subprocess, sys, tempfile, zlib

bin = os.path.realpath(sys.argv[1])
arguments = sys.argv[2:]
every = 1
if arguments[:1] == ['--every']:
    every = int(arguments[1])
    arguments = arguments[2:]
folders = arguments or ['testdata', '../shared/corpus/samples']
RANK = {'informational': 1, 'low': 2, 'medium': 3, 'high': 4}

try:
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    def construct(loader, suffix, node):
        if isinstance(node, yaml.ScalarNode):
            return loader.construct_scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return loader.construct_sequence(node, deep=True)
        return loader.construct_mapping(node, deep=True)

    Loader.add_multi_constructor('!', construct)
    Loader.add_multi_constructor('tag:yaml.org,2002:timestamp', construct)
except ImportError:
    yaml = None
    print('fix property: PyYAML is not there: SKIPPED the second YAML library')


def lint(path, *args):
    out = subprocess.run([bin, 'lint', '-f', 'json', *args, path], capture_output=True)
    return json.loads(out.stdout)


def parses(text, name):
    if text.lstrip()[:1] == b'{':
        try:
            json.loads(text)
            return True
        except ValueError:
            if name.endswith('.json'):
                return False
    if yaml is None:
        return True
    try:
        yaml.load(text, Loader)
        return True
    except yaml.YAMLError as e:
        print(e)
        return False


def apply(text, edits):
    done, out = 0, b''
    for e in edits:
        assert done <= e['offset'], 'edits overlap or are out of order'
        out += text[done:e['offset']] + e['text'].encode()
        done = e['offset'] + e['length']
    return out + text[done:]


def offset(lines, line, column):
    """The byte offset of a SARIF position; a BOM is no column."""
    row = lines[line - 1]
    text = row.decode().lstrip('\ufeff') if line == 1 else row.decode()
    bom = len(row) - len(text.encode())
    part = text.encode('utf-16-le')[:2 * (column - 1)].decode('utf-16-le')
    assert len(part.encode('utf-16-le')) == 2 * (column - 1), 'a column beyond the line'
    return sum(len(l) for l in lines[:line - 1]) + bom + len(part.encode())


def sarif_edits(path, text):
    """The edits of each SARIF fix by its id, checked for form (ECOSYSTEM 1.3, 1.4)."""
    out = subprocess.run([bin, 'lint', '-f', 'sarif', path], capture_output=True)
    lines = re.split(b'(?<=\n)', text)
    found = {}
    for result in json.loads(out.stdout)['runs'][0]['results']:
        for fix in result.get('fixes', []):
            name = re.search(r'\((R\d+s?-\d+[a-z]?), (?:un)?safe', fix['description']['text']).group(1)
            change, = fix['artifactChanges']
            edits = []
            for r in change['replacements']:
                region = r['deletedRegion']
                assert set(region) == {'startLine', 'startColumn', 'endLine', 'endColumn'}, region
                begin = offset(lines, region['startLine'], region['startColumn'])
                end = offset(lines, region['endLine'], region['endColumn'])
                content = r.get('insertedContent', {'text': ''})['text']
                assert begin < end or content, 'a replacement of nothing by nothing'
                edits.append({'offset': begin, 'length': end - begin, 'text': content})
            found[name] = edits
    return found


def shape(edits, text):
    """What editors need: an edit begins at the end of a line or at a character that is no blank."""
    for e in edits:
        at = text[e['offset']:e['offset'] + 1]
        before = text[text.rfind(b'\n', 0, e['offset']) + 1:e['offset']]
        if at in (b' ', b'\t') and not before.strip():
            return False
    return True


def count(f, findings):
    """How many findings are like f, of two equal rules too, and as severe."""
    name = lambda g: g['fingerprint'].split(':')[0]
    return sum(name(g) == name(f) and RANK[g['severity']] >= RANK[f['severity']] for g in findings)


def known(g, old):
    """Did the findings before say all that g says, as severely?"""
    spots = lambda f: f['endpoints'] or [{**f, 'interface': f['ruleId']}]
    return all(any(o['interface'] == e['interface'] and o['protocol'] in (e['protocol'], 'all') and
                   o['portBegin'] <= e['portBegin'] and e['portEnd'] <= o['portEnd'] and
                   RANK[o['severity']] >= RANK[e['severity']]
                   for f in old for o in spots(f)) for e in spots(g))


def main():
    paths = []
    for folder in folders:
        if not os.path.isdir(folder):
            print(f'fix property: SKIPPED {folder}: it is not there')
            continue
        for where, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                path = os.path.join(where, name)
                chosen = zlib.crc32(os.path.relpath(path, folder).encode()) % every == 0
                if chosen and name.endswith(('.yaml', '.yml', '.json', '.template')):
                    paths.append(path)
    templates, failed, remedies = 0, 0, collections.Counter()
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for seen in pool.map(template, paths):
            if seen is None:
                continue
            templates += 1
            remedies.update(seen['remedies'])
            failed += len(seen['failures'])
            for line in seen['failures']:
                print(line)
    print('fix property: %d templates, %d fixes, %d failed (%s)' % (
        templates, sum(remedies.values()), failed,
        ', '.join(f'{k} {v}' for k, v in sorted(remedies.items()))))
    return failed != 0


def template(path):
    """The remedies of its fixes, and what was wrong with them; None: it is no template."""
    text = open(path, 'rb').read()
    if b'Resources' not in text:
        return None
    try:
        report = lint(path)
    except ValueError:
        return None
    seen = {'remedies': [], 'failures': []}
    old = report['findings']
    sarif = sarif_edits(path, text) if any(f['fixes'] for f in old) else {}
    offered = [(f, fix) for f in old for fix in f['fixes'] if fix['edits']]
    with tempfile.TemporaryDirectory() as box:
        for f, fix in offered[:10 if every > 1 else None]:
            seen['remedies'].append(fix['id'].split('-')[0])
            why = check(path, text, old, f, fix, box)
            if not why and apply(text, sarif.get(fix['id'], [])) != apply(text, fix['edits']):
                why = 'SARIF makes other bytes'
            if why:
                seen['failures'].append(f'FAILED: {path}: {fix["id"]}: {why}')
    return seen


def check(path, text, old, f, fix, box):
    after = apply(text, fix['edits'])
    copy = os.path.join(box, os.path.basename(path))
    if not parses(after, path):
        return 'does not parse'
    if not shape(fix['edits'], text):
        return 'begins at a blank'
    open(copy, 'wb').write(after)
    new = lint(copy, '--no-fixes')
    if count(f, new['findings']) >= count(f, old):
        return 'the finding is still there'
    for g in new['findings']:
        if RANK[g['severity']] >= RANK[f['severity']] and not known(g, old):
            return f'{g["ruleId"]} is new'
    for flag in ('--diff', '--write'):
        open(copy, 'wb').write(text)
        out = subprocess.run([bin, 'fix', flag, '--unsafe', '-q', '--only', fix['id'], os.path.basename(path)],
                             cwd=box, capture_output=True)
        if flag == '--diff':
            git = subprocess.run(['git', 'apply', '--unsafe-paths', '-'], cwd=box, input=out.stdout, capture_output=True)
            if git.returncode:
                return 'git apply: ' + git.stderr.decode()
        if open(copy, 'rb').read() != after:
            return f'fix {flag} makes other bytes'
    return None


sys.exit(main())
