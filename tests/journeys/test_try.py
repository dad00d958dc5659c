import time
import pytest
from tests import world as w
@pytest.mark.django_db
def test_it():
    t=time.time(); x=w.build(); t2=time.time(); w.grow(x); print(t2-t, time.time()-t2)
