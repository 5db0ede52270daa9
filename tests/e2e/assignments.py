#!/usr/bin/env python3
"""Guards against brute force: the corpus's templates with conditions, one run per assignment.

    tests/e2e/assignments.py CFNREACH [FOLDER...]

The finite parameters that guards speak of (AllowedValues; found by `--dump=cfn`) are enumerated
where their product is at most 512, or every n-th assignment of them where all together would be
too many runs. `flows` of the template as it is has to say of every port:

  reachable    it is reachable under every assignment
  otherwise    it shows under the assignment of its witness, and not as reachable under all
  not listed   it shows under no assignment
  witnesses    of --all-witnesses: it shows under an assignment only if one of them allows that, and
               no two that speak of parameters alone allow the same one

Assignments that cannot be deployed (an error or CFNR941 that the template as it is does not have) are left
out, and there must be no budget diagnostic.
"""
import itertools, json, os, re, subprocess, sys

binary = os.path.realpath(sys.argv[1])
folders = sys.argv[2:] or ['../shared/corpus/samples', 'testdata/cases/conditions',
                           'testdata/cases/parameters']
MOST = 512       # assignments of a template
RUNS = 2000      # of all templates
EACH = 64        # runs of one template


def flows(path, assignment):
    args = [binary, 'flows', '-f', 'json', '--all-witnesses']
    for name, value in assignment.items():
        args += ['-p', f'{name}={value}']
    out = subprocess.run(args + [path], capture_output=True, text=True)
    if out.returncode not in (0, 2) or not out.stdout:
        raise SystemExit(f'FAILED: {path} {assignment}: status {out.returncode}: {out.stderr}')
    return json.loads(out.stdout)


def is_worse(report, whole):
    """More errors, or more words that it cannot be deployed, than the template as it is has."""
    def count(r):
        return (sum(d['level'] == 'error' for d in r['diagnostics']),
                sum(d['id'] == 'CFNR941' for d in r['diagnostics']))
    return any(x > y for x, y in zip(count(report), count(whole)))


def finite(path):
    """The values of every finite parameter that a guard speaks of."""
    dump = subprocess.run([binary, 'lint', '--dump=cfn', path], capture_output=True, text=True)
    lines = dump.stdout.splitlines()
    rest = '\n'.join(line for line in lines if not line.startswith('parameter '))
    found = {}
    for line in lines:
        m = re.match(r'parameter (\w+) (?:String|Number): (.*)$', line)
        if m and '(other)' not in m[2] and '(unknown)' not in m[2] and '(hidden)' not in m[2]:
            values = m[2].split(', ')
            if len(values) > 1 and re.search(r'\b%s=' % m[1], rest):
                found[m[1]] = values
    return found


def key(f):
    return (f['interface'], f['edge'], f['edgeComponent'], f['via'], f['protocol'],
            f['listenerPort'] and json.dumps(f['listenerPort']))


def table(report):
    """(key, family) -> [(begin, end, verdict)]"""
    found = {}
    for f in report['flows']:
        for family in f['families']:
            found.setdefault((key(f), family), []).append(
                (f['portBegin'], f['portEnd'], f['verdict']))
    return found


def cut(pieces, begin, end):
    return [(max(b, begin), min(e, end), v) for b, e, v in pieces if b <= end and e >= begin]


def covers(pieces, begin, end):
    at = begin
    for b, e, _ in sorted(pieces):
        if b > at:
            break
        at = max(at, e + 1)
    return at > end


def check(path, budget):
    """How many runs it took, and what is wrong."""
    parameters = finite(path)
    size = 1
    for values in parameters.values():
        size *= len(values)
    if not parameters or size > MOST:
        return None, []
    whole = flows(path, {})
    wrong = []
    if any(d['id'].startswith('CFNR92') for d in whole['diagnostics']):
        wrong.append('a budget is exceeded')
    every = [dict(zip(parameters, values)) for values in itertools.product(*parameters.values())]
    step = max(1, -(-len(every) // min(EACH, max(budget, 1))))
    chosen = every[::step]
    for f in whole['flows']:
        fits = [a for a in every if all(a.get(n, v) == v for n, v in f['witness'].items())]
        if f['verdict'] != 'reachable' and fits and not any(a in chosen for a in fits):
            chosen.append(fits[0])
    runs = [(a, flows(path, a)) for a in chosen]
    runs = [(a, table(r)) for a, r in runs if not is_worse(r, whole)]
    listed = table(whole)
    for a, shown in runs:
        for where, pieces in shown.items():
            for begin, end, verdict in pieces:
                if not covers(cut(listed.get(where, []), begin, end), begin, end):
                    wrong.append(f'not listed, but {verdict} with {a}: {where} {begin}-{end}')
    for f in whole['flows']:
        begin, end = f['portBegin'], f['portEnd']
        for family in f['families']:
            where = (key(f), family)
            open_in = [(a, cut(shown.get(where, []), begin, end)) for a, shown in runs]
            named = f'{where} {begin}-{end}'
            if f['verdict'] == 'reachable':
                for a, pieces in open_in:
                    if not covers([p for p in pieces if p[2] == 'reachable'], begin, end):
                        wrong.append(f'reachable, but not with {a}: {named}')
                continue
            for a, pieces in open_in:
                allow = [w['choices'] for w in f['witnesses']
                         if all(a.get(n, values[0]) in values
                                for n, values in w['choices'].items())]
                alone = [c for c in allow if all(n in parameters for n in c)]
                if pieces and not allow and not f['moreWitnesses']:
                    wrong.append(f'open with {a}, which no witness allows: {named}')
                if len(alone) > 1:
                    wrong.append(f'two witnesses allow {a}: {named}')
                if alone and not covers([p for p in pieces if p[2] == 'reachable'], begin, end):
                    wrong.append(f'a witness allows {a}, but it is not reachable: {named}')
            fits = [p for a, p in open_in
                    if all(a.get(n, v) == v for n, v in f['witness'].items())]
            if fits and not any(covers(p, begin, end) for p in fits):
                wrong.append(f'{f["verdict"]}, but not with its witness {f["witness"]}: {named}')
            if runs and step == 1 and all(
                    covers([p for p in pieces if p[2] == 'reachable'], begin, end)
                    for a, pieces in open_in):
                wrong.append(f'{f["verdict"]}, though reachable with every assignment: {named}')
    return len(runs), wrong


paths = []
for folder in folders:
    if not os.path.isdir(folder):
        print(f'assignments: SKIPPED {folder} (it is not there)')
        continue
    for at, _, names in sorted(os.walk(folder)):
        paths += [os.path.join(at, n) for n in sorted(names)
                  if n.endswith(('.yaml', '.yml', '.json', '.template'))]
budget, templates, total, failed = RUNS, 0, 0, 0
for path in paths:
    with open(path, 'rb') as file:
        text = file.read()
    if (b'Conditions' not in text and b'Mappings' not in text) or b'/over-budget' in path.encode():
        continue
    runs, wrong = check(path, budget)
    if runs is None:
        continue
    templates, total, budget = templates + 1, total + runs, budget - runs
    failed += bool(wrong)
    for line in wrong[:4]:
        print(f'FAILED: {path}: {line}')
print(f'assignments: {templates} templates, {total} runs, {failed} failed')
sys.exit(failed > 0)
