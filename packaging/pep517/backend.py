"""A PEP 517 backend without requirements: runs make, puts the binary into a wheel.

The wheel holds one program and is the same byte for byte for the same binary.
packaging/wheel calls write_wheel() with the static binary and the tags that it deserves.
"""
import base64
import hashlib
import os
import re
import subprocess
import sysconfig
import zipfile

TAG = "py3-none-" + re.sub(r"[-.]", "_", sysconfig.get_platform())
NEEDED = """cfnreach was not built. It needs make, gcc and the headers of libyaml, cJSON and
PCRE2: `make deps` in a clone installs them, on Debian and Ubuntu
  apt-get install gcc make libc6-dev libyaml-dev libcjson-dev libpcre2-dev
For pre-commit, the hook `cfnreach-system` uses an installed cfnreach instead."""
METADATA = """Metadata-Version: 2.1
Name: cfnreach
Version: {}
Summary: Which ports a CloudFormation template exposes, found offline
License: Apache-2.0
"""


def version():
    with open("Makefile", encoding="utf-8") as makefile:
        return re.search(r"^VERSION := (\S+)$", makefile.read(), re.M).group(1)


def write_wheel(binary, tags, folder, licences):
    base = "cfnreach-" + version()
    wheel = "Wheel-Version: 1.0\nGenerator: cfnreach\nRoot-Is-Purelib: false\n"
    files = {base + ".data/scripts/cfnreach": binary,
             base + ".dist-info/LICENSE": licences,
             base + ".dist-info/METADATA": METADATA.format(version()).encode(),
             base + ".dist-info/WHEEL": (wheel + "".join(f"Tag: {t}\n" for t in tags)).encode()}
    record = ""
    for path, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        record += f"{path},sha256={digest},{len(data)}\n"
    files[base + ".dist-info/RECORD"] = f"{record}{base}.dist-info/RECORD,,\n".encode()
    name = f"{base}-py3-none-{'.'.join(t.split('-')[2] for t in tags)}.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            info = zipfile.ZipInfo(path)  # dated 1980, whatever the clock says
            info.external_attr = (0o100755 if "/scripts/" in path else 0o100644) << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    if subprocess.call(["make", f"-j{os.cpu_count() or 1}", "all"]) != 0:
        raise SystemExit(NEEDED)
    with open("cfnreach", "rb") as binary, open("LICENSE", "rb") as licence:
        return write_wheel(binary.read(), [TAG], wheel_directory, licence.read())
