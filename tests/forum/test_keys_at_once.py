"""Keys that several processes would make at once are made once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from goedwerk_forum.identity import keys


def test_processes_that_start_at_once_make_each_key_once(tmp_path, monkeypatch, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": tmp_path / "keys"}
    write = keys.write

    def slowly(path, value):
        """Leaves another the time to find the key missing as well."""
        time.sleep(0.02)
        write(path, value)

    monkeypatch.setattr(keys, "write", slowly)
    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(keys.create_missing) for _each in range(4)]
    names = [name for future in made for name in future.result()]
    assert sorted(names) == sorted([keys.LINK, keys.STANDING, keys.AUDIT, keys.UNSEAL, keys.SEAL])
    assert all(keys.available().values())
