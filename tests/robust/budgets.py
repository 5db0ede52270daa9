#!/usr/bin/env python3
"""The worst templates (tests/robust/traps.py), measured in instructions, never in seconds.

    tests/robust/budgets.py CFNREACH [--quick] [NAME...]

Each trap at its full size has to end by itself within the memory below, with its status, and with
its limit in a diagnostic that has a place. And at size n and 2 n: the instructions of
the second are at most 2.6 times those of the first (n log n stays below; n squared is 4), what the
program needs to start taken off. Counted by perf where the kernel lets it, else by valgrind.
--quick: the full sizes, and the ratio of a few.
"""
import os, re, resource, subprocess, sys, tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
import traps

RATIO = 2.6
MEMORY = 1 << 30     # bytes of address space; for the sanitizers' builds there is no such bound
SMALL = 200 * 1000   # instructions that are lost in what every run does
SECONDS = 120        # only so that a hang ends
QUICK = {'prefixes', 'if_nested', 'instances', 'keys'}
AGAIN = {'instances'}  # also with a baseline
# Superlinear, with the reason; the ratio each may have.
KNOWN = {
    'cubes': (16.0, 'a decision diagram in a bad order doubles with each pair, until LIMIT_GUARD_NODES or LIMIT_GUARD_TOTAL'),
    'bounds': (4.5, 'each first port meets each last one, until the budget of combinations'),
    'if_product': (8.0, 'each choice doubles the alternatives, until their budget'),
    'sub_product': (16.0, 'each parameter multiplies the alternatives, until their budget'),
    'for_each_nested': (128.0, 'each loop multiplies the nodes, until their budget'),
    'alias_bomb': (40.0, 'each level multiplies the nodes, until their budget'),
    'merge_bomb': (4.5, 'each map has all keys of the one before, until the budget of aliases'),
    'if_nested': (4.5, 'each level is a guard over the conditions above it, at most 100 levels'),
    'rules_by_interfaces': (5.0, 'each rule is told for each interface, until the budget of flows'),
    'open_by_interfaces': (5.0, 'each port is told for each interface, until the budget of flows'),
    'nested_ports': (5.0, 'each range is opened by all that hold it'),
    'attachments': (8.0, 'each attached VPC may be asked from each other one, until the budget of pairs'),
    'base64_used': (4.0, 'each level adds a third'),
}


def run(argv, **more):
    return subprocess.run(argv, capture_output=True, timeout=SECONDS, **more)


def can_perf():
    try:
        r = run(['perf', 'stat', '-x,', '-e', 'instructions:u', 'true'])
        return r.returncode == 0 and re.match(rb'\d+,', r.stderr) is not None
    except OSError:
        return False


PERF = can_perf()


def instructions(argv):
    if PERF:
        r = run(['perf', 'stat', '-x,', '-e', 'instructions:u'] + argv)
        return int(re.search(rb'^(\d+),', r.stderr, re.M).group(1))
    r = run(['valgrind', '--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null'] + argv)
    return int(re.search(rb'I +refs: +([\d,]+)', r.stderr).group(1).replace(b',', b''))


def can_valgrind():
    try:
        return run(['valgrind', '--version']).returncode == 0
    except OSError:
        return False


COUNTS = PERF or can_valgrind()


def main():
    args = sys.argv[1:]
    quick = '--quick' in args
    args = [a for a in args if a != '--quick']
    binary, names = os.path.realpath(args[0]), args[1:]
    box = tempfile.mkdtemp()
    failures, passed = [], 0
    limits = traps.limits()

    def write(name, make, n):
        path = os.path.join(box, name + ('.json' if name.startswith('json') else '.yaml'))
        with open(path, 'w') as f:
            f.write(make(n))
        return path

    def limited():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    empty = None
    for make, size, status, words, full in traps.TRAPS:
        name = make.__name__
        if names and name not in names:
            continue
        path = write(name, make, full)
        said = r'\b%d\b' % limits[words] if words in limits else words
        problem = ''
        try:
            r = run([binary, 'lint', '--no-fixes', path], preexec_fn=limited)
            out = r.stdout.decode('utf-8', 'replace')
            if r.returncode != status:
                problem = 'status %d, expected %d %s' % (r.returncode, status, r.stderr[:200])
            elif words != '-' and not re.search(r':\d+:\d+: error: [^\n]*' + said, out):
                problem = "no diagnostic with '%s': %s" % (said, out[:300])
            elif status == 2 and 'No watched port' in out:
                problem = 'incomplete, but called clean'
        except subprocess.TimeoutExpired:
            problem = 'does not end'
        ratio = 0.0
        if not problem and COUNTS and (not quick or name in QUICK or names):
            if empty is None:
                empty = instructions([binary, 'lint', '--no-fixes', write('empty', lambda n: traps.HEAD, 0)])
            one, two = (instructions([binary, 'lint', '--no-fixes', write(name, make, k * size)]) - empty for k in (1, 2))
            ratio = two / max(one, SMALL)
            most = KNOWN.get(name, (RATIO,))[0]
            if ratio > most:
                problem = 'instructions grow %.1f-fold from size %d to %d (%d, %d); at most %.1f' % (ratio, size, 2 * size, one, two, most)
        if not problem and name in AGAIN and COUNTS and (not quick or names):
            # The same again, with what it found as the baseline.
            counts = []
            for k in (1, 2):
                path = write(name, make, k * size)
                log = path + '.sarif'
                run([binary, 'lint', '--no-fixes', '-f', 'sarif=' + log, path])
                counts.append(instructions([binary, 'lint', '--no-fixes', '--baseline', log, path]) - empty)
            if counts[1] / max(counts[0], SMALL) > RATIO:
                problem = 'with a baseline instructions grow from %d to %d' % tuple(counts)
        if problem:
            failures.append(name)
            print('FAILED: %s: %s' % (name, problem), flush=True)
        else:
            passed += 1
            if not quick:
                print('%-22s %7d bytes, status %d%s' % (name, os.path.getsize(path) if ratio == 0 else len(make(full)), status, ', x %.2f' % ratio if ratio else ''), flush=True)
    if not COUNTS:
        print('budgets: SKIPPED the instructions: neither perf nor valgrind counts them here')
    print('budgets: %d traps passed, %d failed (instructions counted by %s)' % (passed, len(failures), 'perf' if PERF else 'valgrind'))
    return 1 if failures else 0


sys.exit(main())
