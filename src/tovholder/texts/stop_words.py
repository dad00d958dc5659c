"""Danish words that carry grammar and no subject: left out when texts are searched, matched and themed."""

WRITTEN = """
ad af al alle alligevel alt altid altså anden andet andre at bare begge blandt blev blevet bliv blive bliver blot både da de dem den
denne dens der deraf derefter deres derfor derfra deri dermed derpå dertil derved desuden det dets dette dig din dine disse dit dog du
efter eftersom egentlig eller ellers en end endda endnu endvidere enhver enten er et ethvert fik flere fleste for fordi foruden fra få
fået får før først gav gennem gerne gives givet gjorde gjort gå gået går gør gøre haft ham han hans har havde have hel hele helt hen
hende hendes her herfra heri hermed hertil herunder herved hos hun hvad hvem hver hverken hvert hvilke hvilken hvilket hvis hvor hvoraf
hvordan hvorfor hvorfra hvori hvormed hvornår hvorpå hvortil hvorvidt i idet igen igennem ikke imellem imens imod ind inden indtil ingen
ingenting intet ja jeg jer jeres jo kan kom komme kommer kommet kun kunne kunnet lagde lagt lige ligeledes ligesom lægge lægger lægges
man mange med meget mellem men mens mere mest mig min mine mit mod må måske måtte måttet ned nej netop nogen noget nogle nok nu når
næsten og også om omkring op os over overfor på samme samt selv siden sig sin sine sit skal ske sker skete skulle skullet som stadig så
sådan sådanne sådant således til tilbage trods ud uden udover under var ved vi via vil ville villet vor vore vores vort vær være været
"""

STOP_WORDS = frozenset(WRITTEN.split())
