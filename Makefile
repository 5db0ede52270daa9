# cfnreach: `make help` lists the targets. One file, no recursion.
#
#   make                     release build, ./cfnreach
#   make BUILD=asan test     everything under address + undefined sanitizers
#   make CC=clang BUILD=debug unit-doc    the tests of one module
#
# Each (BUILD, CC) pair has its own folder build/<BUILD>-<CC>; O= names another.

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := all
SHELL := /bin/bash

VERSION := 0.1.0
BUILD ?= release
ifeq ($(origin CC),default)
CC := gcc
endif
O ?= build/$(BUILD)-$(notdir $(CC))
PREFIX ?= /usr/local
DESTDIR ?=
V ?= 0
ifeq ($(V),0)
quiet = @printf '  %-6s %s\n' '$(1)' '$(2)' &&
else
quiet =
endif

# ---- modules: name, then the archives its tests link, in link order -----------------------
# Who may include whom is stricter: tests/tools/layers.awk.
MODULES := base text guard net doc sarif cfn reach topology policy analysis fix report cli
LINK_base :=
LINK_text := base
LINK_guard := base
LINK_net := base
LINK_doc := text base
LINK_sarif := base
LINK_cfn := doc text guard base
LINK_reach := net guard base
LINK_topology := cfn doc text reach net guard base
LINK_policy := topology cfn doc text reach net guard sarif base
LINK_analysis := policy topology cfn doc text reach net guard sarif base
LINK_fix := analysis policy topology cfn doc text reach net guard sarif base
LINK_report := fix analysis policy topology cfn doc text reach net guard sarif base
LINK_cli := report fix analysis policy topology cfn doc text reach net guard sarif base

dir_of = $(if $(filter sarif,$(1)),sarif,src/$(1))

# ---- flags --------------------------------------------------------------------------------
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef \
	-Wvla -Walloca -Wswitch-enum -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough \
	-Wredundant-decls -Wunused-macros -Wpointer-arith
WARN_gcc := -Wformat-signedness -Wduplicated-cond -Wduplicated-branches -Wlogical-op \
	-Warith-conversion -Wcast-align=strict -Wjump-misses-init -Wstack-usage=8192
WARN_clang := -Wcomma -Wassign-enum -Wconditional-uninitialized -Wmissing-variable-declarations
KIND := $(if $(findstring clang,$(CC)),clang,gcc)
WERROR ?= $(if $(filter release tsan,$(BUILD)),,-Werror)

HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
FLAGS_release := -O2 -g $(HARDEN)
FLAGS_static := -O2 -g -fstack-protector-strong -fno-pie
FLAGS_debug := -O0 -g -DCFNREACH_TEST
FLAGS_asan := -O1 -g -fno-omit-frame-pointer -DCFNREACH_TEST -fsanitize=address,undefined \
	-fno-sanitize-recover=all
FLAGS_tsan := -O1 -g -fno-omit-frame-pointer -DCFNREACH_TEST -fsanitize=thread
FLAGS_cov := -O0 -g -DCFNREACH_TEST --coverage
FLAGS_fuzz := -O1 -gline-tables-only -fno-omit-frame-pointer \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
	-fno-sanitize=pointer-overflow,null,alignment,object-size
LINKF_release := -pie -Wl,-z,relro,-z,now
LINKF_static := -static -no-pie -Wl,-z,relro,-z,now
LINKF_asan := -fsanitize=address,undefined
LINKF_tsan := -fsanitize=thread
LINKF_cov := --coverage
LINKF_fuzz := -fsanitize=fuzzer-no-link,address,undefined
# clang 14 counts NULL + 0 (an empty vector) as an overflow; WG14 N3322 has since defined it. The
# other three double the time of building and find what BUILD=asan finds, or the address sanitizer.

CPPFLAGS_ALL := -Isrc -I. -I$(O)/gen -D_POSIX_C_SOURCE=200809L -DCFNREACH_VERSION='"$(VERSION)"'
CFLAGS_ALL := -std=c11 $(WARN) $(WARN_$(KIND)) $(WERROR) $(FLAGS_$(BUILD)) \
	-ffile-prefix-map=$(CURDIR)=. $(CFLAGS)
LIBS := -lyaml -lcjson -lpcre2-8
LDFLAGS_ALL := -pthread $(LINKF_$(BUILD)) $(LDFLAGS)

# ---- the rules of each module, made from the table -----------------------------------------
ALL_SRC :=
ALL_TESTS :=
HELP_TOO_sarif := tests/parsed.c
HELP_TOO_report := tests/parsed.c
define module_rules
SRC_$(1) := $$(filter-out %/main.c,$$(wildcard $$(call dir_of,$(1))/*.c))
OBJ_$(1) := $$(SRC_$(1):%.c=$$(O)/%.o)
TEST_$(1) := $$(wildcard tests/$(1)/*_test.c)
BIN_$(1) := $$(TEST_$(1):tests/%.c=$$(O)/tests/%)
ALL_SRC += $$(SRC_$(1))
ALL_TESTS += $$(BIN_$(1))
$$(O)/lib$(1).a: $$(OBJ_$(1))
	$$(call quiet,AR,$$@) rm -f $$@ && ar Drcs $$@ $$^
HELP_$(1) := $$(filter-out %_test.c %_example.c,$$(wildcard tests/$(1)/*.c)) $$(HELP_TOO_$(1))
$$(BIN_$(1)): $$(O)/%: $$(O)/%.o $$(HELP_$(1):%.c=$$(O)/%.o) $$(O)/tests/check.o $$(O)/lib$(1).a $$(LINK_$(1):%=$$(O)/lib%.a)
	$$(call quiet,LD,$$@) $$(CC) $$(LDFLAGS_ALL) -o $$@ $$^ $$(LIBS) -lcmocka
.PHONY: unit-$(1)
unit-$(1): $$(BIN_$(1))
	@tests/tools/run-units $$(BIN_$(1))
endef
$(foreach m,$(MODULES),$(eval $(call module_rules,$(m))))

# In tests an assertion about a pointer ends the test by longjmp, which the compiler cannot know.
TEST_WARN := -Wno-null-dereference
$(O)/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$<) $(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(if $(filter tests/%,$<),$(TEST_WARN)) \
		-MMD -MP -c -o $@ $<

# Rebuild when the flags change.
$(O)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(subst ','\'',$(CPPFLAGS_ALL) $(CFLAGS_ALL))' | cmp -s - $@ || \
		echo '$(CC) $(subst ','\'',$(CPPFLAGS_ALL) $(CFLAGS_ALL))' > $@
.PHONY: FORCE
FORCE:

$(O)/cfnreach: $(O)/src/cli/main.o $(O)/libcli.a $(LINK_cli:%=$(O)/lib%.a)
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

.PHONY: all
all: $(O)/cfnreach ## build ./cfnreach (release)
	@cp $(O)/cfnreach cfnreach

.PHONY: unit
unit: $(ALL_TESTS) ## build and run the unit tests
	@tests/tools/run-units $(ALL_TESTS)


# ---- generated: the rule table and the built-in policies, compiled from policies/ ----------
POLICY_FILES := policies/default.yaml policies/inspector.yaml policies/strict.yaml
$(O)/policies/compile: $(O)/policies/compile.o $(O)/policies/faults.o $(O)/libdoc.a $(O)/libtext.a $(O)/libbase.a
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

$(O)/gen/policy/rules_table.inc: $(O)/policies/compile policies/rules.yaml $(wildcard policies/help/*.md)
	@mkdir -p $(@D)
	$(call quiet,GEN,$@) $< rules policies/rules.yaml policies/help > $@

$(O)/gen/policy/taxonomies_table.inc: $(O)/policies/compile policies/rules.yaml
	@mkdir -p $(@D)
	$(call quiet,GEN,$@) $< taxonomies policies/rules.yaml > $@

# The reader of policies, without the built-in ones that it makes.
READ_POLICIES := $(patsubst %,$(O)/src/policy/%.o,settings_read settings_ignore settings_assume \
	rule facts)
$(O)/policies/builtin: $(O)/policies/builtin.o $(O)/policies/faults.o $(READ_POLICIES) \
		$(patsubst %,$(O)/lib%.a,$(filter-out sarif,$(LINK_policy)))
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)
$(O)/gen/policy/embedded.inc: $(O)/policies/builtin $(POLICY_FILES)
	@mkdir -p $(@D)
	$(call quiet,GEN,$@) $< $(POLICY_FILES) > $@

$(O)/src/policy/rule.o: $(O)/gen/policy/rules_table.inc
$(O)/src/policy/taxonomy.o: $(O)/gen/policy/taxonomies_table.inc
$(O)/src/policy/embedded.o: $(O)/gen/policy/embedded.inc

# ---- libreach alone: its example links nothing else ----------------------------------------
LIBREACH := $(O)/libreach.a $(O)/libnet.a $(O)/libguard.a $(O)/libbase.a
$(O)/libreach_example: $(O)/tests/reach/libreach_example.o $(LIBREACH)
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^ -lpcre2-8

.PHONY: libreach
libreach: $(LIBREACH) $(O)/libreach_example ## the reachability core alone, with its example

$(O)/to_json: $(O)/tests/tools/to_json.o $(O)/libdoc.a $(O)/libtext.a $(O)/libbase.a
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

.PHONY: golden
golden: $(O)/cfnreach $(O)/to_json ## run the golden cases of testdata/cases
	@tests/golden/run $(O)/cfnreach $(O)/to_json

# ---- speed: always a ratio to libyaml's own parsing, measured in the same run ---------------
$(O)/floor: $(O)/bench/floor.o $(O)/libcli.a $(LINK_cli:%=$(O)/lib%.a)
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)
$(O)/guards: $(O)/bench/guards.o $(O)/libcli.a $(LINK_cli:%=$(O)/lib%.a)
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)
$(O)/ratio: $(O)/bench/ratio.o
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^

$(O)/scale: $(O)/bench/scale.o $(LIBREACH)
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^ -lpcre2-8

RESULTS ?= bench/RESULTS.md
.PHONY: bench bench-peers
bench: $(O)/cfnreach $(O)/floor $(O)/ratio $(O)/scale $(O)/guards $(O)/to_json ## our time as a ratio to libyaml's, into bench/RESULTS.md
	@bench/run $(O) | tee $(RESULTS).new && mv $(RESULTS).new $(RESULTS)
bench-peers: $(O)/cfnreach $(O)/ratio ## the other linters beside us, into bench/PEERS.md (installs them into build/peers; minutes)
	@bench/peers/install build/peers
	@bench/peers/run $(O) build/peers | tee bench/PEERS.new && mv bench/PEERS.new bench/PEERS.md

# ---- packages: what is handed out, into build/packages; the scripts are in packaging/ -------
# `make test` runs the pre-commit hook and `make install` (tests/e2e); what is tested of the
# rest is in tests/packages, and runs with `make packages-test` (minutes).
OBJ_LIBREACH := $(OBJ_reach) $(OBJ_net) $(OBJ_guard) $(OBJ_base)
SHARE = $(DESTDIR)$(PREFIX)/share
.PHONY: install install-program install-libreach static deb dist wheel npm packages \
	packages-test deps-packages
install: install-program install-libreach ## install below $(DESTDIR)$(PREFIX)
install-program: all
	install -D -m 755 $(O)/cfnreach $(DESTDIR)$(PREFIX)/bin/cfnreach
	@mkdir -p $(O)/share
	@$(O)/cfnreach man > $(O)/share/cfnreach.1
	@for shell in bash zsh fish; do $(O)/cfnreach completion $$shell > $(O)/share/$$shell || exit 1; done
	install -D -m 644 $(O)/share/cfnreach.1 $(SHARE)/man/man1/cfnreach.1
	install -D -m 644 $(O)/share/bash $(SHARE)/bash-completion/completions/cfnreach
	install -D -m 644 $(O)/share/zsh $(SHARE)/zsh/site-functions/_cfnreach
	install -D -m 644 $(O)/share/fish $(SHARE)/fish/vendor_completions.d/cfnreach.fish
install-libreach: $(OBJ_LIBREACH)
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' packaging/install-libreach $(CC) '$(OBJ_LIBREACH)'

deps-packages:
	@tests/tools/deps.sh packages
static: ## one file that runs on any Linux (musl)
	@packaging/static/build
	@packaging/sbom static
deb: ## a package for Debian and Ubuntu
	@packaging/deb/build
dist: ## the source archive, its bill of materials, SHA256SUMS
	@packaging/dist
	@packaging/sbom source
	@packaging/sums
wheel: static ## a Python wheel of the static binary
	@packaging/wheel build/packages/cfnreach-$(VERSION)-linux-$$(uname -m) $$(uname -m) build/packages
npm: static ## npm packages of the static binary
	@packaging/npm/build
packages: static deb wheel npm dist ## all of them, with SHA256SUMS
	@packaging/sums
packages-test: deps-packages ## build the packages and use each as people do (minutes)
	@tests/packages/run

# ---- hostile input: fuzzing, traps, injected failures (tests/robust) ------------------------
FUZZ_TARGETS := $(patsubst %.c,$(O)/%,$(wildcard fuzz/*_fuzz.c))
FUZZ_SHARED := $(patsubst %.c,$(O)/%.o,$(filter-out %_fuzz.c,$(wildcard fuzz/*.c)))
$(FUZZ_TARGETS): $(O)/%: $(O)/%.o $(FUZZ_SHARED) $(O)/libcli.a $(LINK_cli:%=$(O)/lib%.a)
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(LIBS)

.PHONY: fuzz fuzz-targets
fuzz-targets: $(FUZZ_TARGETS)
fuzz: SECONDS ?= 60
fuzz: JOBS ?= $(shell nproc)
fuzz: ## run every fuzz target for SECONDS=60, JOBS=N at a time
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=fuzz CC=clang O=build/fuzz-clang fuzz-targets
	@fuzz/run build/fuzz-clang/fuzz $(SECONDS) $(JOBS)

$(O)/fail.so: tests/robust/fail.c $(O)/flags
	$(call quiet,LD,$@) $(CC) -std=c11 $(WARN) $(WERROR) -O1 -g -fPIC -shared -o $@ $< -ldl
$(O)/mangle: $(O)/tests/robust/mangle.o $(LINK_report:%=$(O)/lib%.a)
	$(call quiet,LD,$@) $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

# What each build can show: the sanitizers see what mangled templates do, and the release build
# has the memory and the instructions that people will have.
CUT := $(wildcard testdata/cases/*/*/template.yaml testdata/cases/*/*/template.json)
CUT_30 := $(wordlist 1,30,$(shell printf '%s\n' $(CUT) | awk 'NR % 11 == 1'))
CHANGE_3 := testdata/cases/lab/1-open/template.yaml testdata/cases/fix/R2/flow/before.yaml \
	testdata/demo/template.yaml
.PHONY: robust nightly
robust: $(O)/cfnreach $(O)/mangle $(if $(filter asan,$(BUILD)),,$(O)/fail.so) ## hostile input, sampled
	@$(O)/mangle cut 211 $(CUT_30)
	@$(O)/mangle byte 9973 $(CHANGE_3)
ifneq ($(BUILD),asan)
	@tests/robust/injected $(O)/cfnreach $(O)/fail.so
endif
ifeq ($(BUILD),release)
	@tests/robust/budgets.py $(O)/cfnreach --quick
endif

# A night's run can be tried in less: NIGHT=5 EVERY_FAULT=997 EVERY_MUTANT=400 EVERY_CASE=200
# EVERY_SAMPLE=200 EVERY_FILE=50, of which each takes every Nth only.
NIGHT ?= 600
EVERY_FAULT ?= 1
NIGHT_RELEASE := build/release-$(notdir $(CC))
NIGHT_ASAN := build/asan-$(notdir $(CC))
nightly: ## what takes long: fuzzing for NIGHT=600 seconds each, every trap, cut and change
	@EXTRA=$(wildcard ../shared/corpus/samples) $(MAKE) --no-print-directory fuzz SECONDS=$(NIGHT)
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=release O=$(NIGHT_RELEASE) robust
	@tests/robust/budgets.py $(NIGHT_RELEASE)/cfnreach $(if $(filter-out 1,$(EVERY_FAULT)),--quick)
	@tests/robust/injected $(NIGHT_RELEASE)/cfnreach $(NIGHT_RELEASE)/fail.so $(EVERY_FAULT)
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=asan O=$(NIGHT_ASAN) $(NIGHT_ASAN)/mangle
	@$(NIGHT_ASAN)/mangle cut $(EVERY_FAULT) $(CUT_30)
	@$(NIGHT_ASAN)/mangle byte $(EVERY_FAULT) $(CHANGE_3)
	@$(MAKE) --no-print-directory BUILD=release O=$(NIGHT_RELEASE) RESULTS=$(NIGHT_RELEASE)/speed.md bench
	@$(MAKE) --no-print-directory second-opinions

# ---- what people call ----------------------------------------------------------------------
.PHONY: deps deps-test deps-check demo test test-all check layers format format-check mistakes \
	cppcheck tidy analyse clean help

deps: ## install what building needs (Debian, Ubuntu; names the packages elsewhere)
	@tests/tools/deps.sh build
deps-test:
	@tests/tools/deps.sh test
deps-check:
	@tests/tools/deps.sh check

demo: deps ## install, build, and lint a sample that shows the whole story
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@echo; echo '$$ ./cfnreach lint testdata/demo/template.yaml'; echo
	@./cfnreach lint testdata/demo/template.yaml || [ $$? -eq 1 ]

test: deps-test ## install, build, and run every test
	@$(MAKE) --no-print-directory -j$$(nproc) test-all

test-all: all unit golden libreach $(O)/to_json
	@tests/tools/tools_test.sh
	@$(O)/libreach_example
	@tests/e2e/hostile $(O)/cfnreach
	@tests/e2e/limits $(O)/cfnreach
	@$(MAKE) --no-print-directory robust
	@tests/e2e/demo $(O)/cfnreach
	@tests/e2e/jobs $(O)/cfnreach
	@tests/e2e/action $(O)/cfnreach
	@tests/e2e/readme $(O)/cfnreach
	@tests/e2e/options $(O)/cfnreach
	@tests/e2e/terminal $(O)/cfnreach
	@tests/e2e/inspector $(O)/cfnreach
	@tests/e2e/workshop $(O)/cfnreach
	@tests/e2e/path $(O)/cfnreach
	@tests/e2e/stacks $(O)/cfnreach
	@tests/e2e/fixes $(O)/cfnreach
	@tests/e2e/fix-write $(O)/cfnreach
	@tests/e2e/lab $(O)/cfnreach $(O)/to_json
	@tests/e2e/fix_property.py $(O)/cfnreach --every 8
	@tests/e2e/diff $(O)/cfnreach $(O)/to_json
	@tests/e2e/corpus $(O)/cfnreach
# Thousands of runs that ask whether an answer is right, not whether memory is: under sanitizers they
# would take as long as everything else together.
ifneq ($(BUILD),asan)
	@tests/e2e/assignments.py $(O)/cfnreach
	@tests/e2e/shard $(O)/cfnreach
	@tests/e2e/baseline $(O)/cfnreach $(O)/to_json
	@tests/e2e/twins $(O)/cfnreach
endif
ifeq ($(BUILD),release)
	@tests/e2e/no-sockets $(O)/cfnreach
	@tests/e2e/install
	@tests/e2e/pre-commit $(O)/cfnreach
endif

.PHONY: fix-property
fix-property: $(O)/cfnreach ## every fix that is offered on testdata and the corpus (minutes)
	@tests/e2e/fix_property.py $(O)/cfnreach

CODE := $(sort $(wildcard src/*/*.[ch] sarif/*.[ch] policies/*.[ch] tests/*.[ch] tests/*/*.[ch] \
	bench/*.[ch] fuzz/*.[ch]))
CHECKED := $(filter src/%.c sarif/%.c policies/%.c,$(CODE))
GENERATED := $(O)/gen/policy/rules_table.inc $(O)/gen/policy/taxonomies_table.inc \
	$(O)/gen/policy/embedded.inc

layers: ## fail on an include against the one direction, or a file without its test
	@awk -f tests/tools/layers.awk $(filter-out bench/% fuzz/%,$(CODE))
mistakes: ## fail on calls, names and lengths that have no place here
	@tests/tools/mistakes.sh
format: ## format all sources in place
	@clang-format -i $(CODE)
format-check:
	@clang-format --dry-run -Werror $(CODE)
cppcheck: $(GENERATED)
	@mkdir -p $(O)/cppcheck
	$(call quiet,CHECK,cppcheck) cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr \
		--enable=warning,style,performance,portability --cppcheck-build-dir=$(O)/cppcheck \
		--suppressions-list=tests/tools/cppcheck.supp -D__GNUC__=12 $(CPPFLAGS_ALL) \
		src sarif policies
# The path-sensitive analyser takes twenty times as long as all other checks together: `tidy` is
# quick enough for every push, `analyse` runs the analyser alone.
tidy: $(CHECKED:%.c=$(O)/tidy/%.ok) ## clang-tidy over all sources, without the analyser
EVERY_FILE ?= 1
ANALYSED := $(if $(filter-out 1,$(EVERY_FILE)),$(shell printf '%s\n' $(CHECKED) | \
	awk 'NR % $(EVERY_FILE) == 1'),$(CHECKED))
analyse: $(ANALYSED:%.c=$(O)/analyse/%.ok) ## clang's static analyser (many minutes)
$(O)/tidy/%.ok: LEFT_OUT := -clang-analyzer-*
$(O)/analyse/%.ok: LEFT_OUT := -bugprone-*,-cert-*,-misc-*,-performance-*,-portability-*,-readability-*
$(O)/tidy/%.ok $(O)/analyse/%.ok: %.c .clang-tidy $(filter %.h,$(CODE)) | $(GENERATED)
	@mkdir -p $(@D)
	$(call quiet,TIDY,$<) clang-tidy --quiet --checks='$(LEFT_OUT)' \
		$< -- -std=c11 $(CPPFLAGS_ALL) 2>$@.log || { cat $@.log; exit 1; }
	@touch $@

check: deps-check ## format, layers, mistakes, cppcheck, clang-tidy, and the tests built by clang
	@$(MAKE) --no-print-directory -j$$(nproc) CC=clang BUILD=debug unit
	@$(MAKE) --no-print-directory -j$$(nproc) format-check layers mistakes cppcheck tidy

# ---- second opinions: what is too slow for every push (docs/testing.md) ----------------------
# Each builds into a folder of its own, whatever BUILD says.
.PHONY: coverage valgrind analyse-gcc mutate second-opinions
EVERY_MUTANT ?= 1
EVERY_CASE ?= 20
EVERY_SAMPLE ?= 20
coverage: ## lines that the tests run: 90 % of all, 100 % of net, guard, reach
	@find build/cov-gcc -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory -j$$(nproc) CC=gcc BUILD=cov O=build/cov-gcc covered
	@tests/tools/coverage build/cov-gcc
.PHONY: covered
covered: unit golden libreach
	@$(O)/libreach_example
	@for t in demo readme workshop inspector path hostile limits; do \
		tests/e2e/$$t $(O)/cfnreach || exit 1; done
	@for t in fixes fix-write; do tests/e2e/$$t $(O)/cfnreach || exit 1; done
	@for t in lab baseline; do tests/e2e/$$t $(O)/cfnreach $(O)/to_json || exit 1; done

valgrind: ## memcheck: unit tests, each EVERY_CASE-th golden case, each EVERY_SAMPLE-th template
	@$(MAKE) --no-print-directory -j$$(nproc) CC=gcc BUILD=debug O=build/debug-gcc memchecked
.PHONY: memchecked
memchecked: $(O)/cfnreach $(ALL_TESTS)
	@tests/tools/memcheck $(O)/cfnreach $(EVERY_CASE) $(EVERY_SAMPLE) $(ALL_TESTS)

analyse-gcc: $(ANALYSED:%.c=$(O)/fanalyzer/%.ok) ## gcc's static analyser
$(O)/fanalyzer/%.ok: %.c $(filter %.h,$(CODE)) | $(GENERATED)
	@mkdir -p $(@D)
	$(call quiet,ANALYS,$<) gcc $(CPPFLAGS_ALL) -std=c11 -O1 -fanalyzer $(FANALYZER) -Werror \
		-c -o /dev/null $< 2>$@.log || { cat $@.log; exit 1; }
	@touch $@

mutate: ## a fault at a time in net, guard, reach: the tests must notice (EVERY_MUTANT=N: a sample)
	@tests/tools/mutate --every $(EVERY_MUTANT)

second-opinions: ## all of these, one after the other, with clang's analyser
	@for t in coverage valgrind analyse analyse-gcc mutate; do \
		$(MAKE) --no-print-directory -j$$(nproc) $$t || exit 1; done

clean: ## remove everything that was built
	rm -rf build cfnreach

help: ## this list
	@awk -F':.*## ' '/^[a-z][a-z-]*:.*## ./ { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

-include $(shell find $(O) -name '*.d' 2>/dev/null)
