extension TaxonomyMapping {
    static let fgjCDMXJSON = #"""
        {
          "source": "fgj-cdmx",
          "scheme": "CNSP/38/15",
          "count_unit": "case_file",
          "classes": {
            "life": [
              "TENTATIVA DE FEMINICIDIO",
              "TENTATIVA DE HOMICIDIO"
            ],
            "life.homicide.intentional": [
              "HOMICIDIOS INTENCIONALES (OTROS)"
            ],
            "life.homicide.intentional.firearm": [
              "HOMICIDIO POR ARMA DE FUEGO"
            ],
            "life.homicide.intentional.blade": [
              "HOMICIDIO POR ARMA BLANCA"
            ],
            "life.homicide.intentional.other_means": [
              "HOMICIDIO POR AHORCAMIENTO",
              "HOMICIDIO POR GOLPES",
              "HOMICIDIO POR INMERSION"
            ],
            "life.homicide.negligent": [
              "HOMICIDIO CULPOSO",
              "HOMICIDIO CULPOSO CON EXCLUYENTES DE RESPONSABILIDAD"
            ],
            "life.homicide.negligent.firearm": [
              "HOMICIDIO CULPOSO POR ARMA DE FUEGO"
            ],
            "life.homicide.negligent.traffic": [
              "HOMICIDIO CULPOSO FUERA DEL D.F (ATROPELLADO)",
              "HOMICIDIO CULPOSO FUERA DEL D.F (COLISION)",
              "HOMICIDIO CULPOSO POR TRÁNSITO VEHICULAR",
              "HOMICIDIO CULPOSO POR TRÁNSITO VEHICULAR (ATROPELLADO)",
              "HOMICIDIO CULPOSO POR TRÁNSITO VEHICULAR (CAIDA)",
              "HOMICIDIO CULPOSO POR TRÁNSITO VEHICULAR (COLISION)"
            ],
            "life.injury.intentional": [
              "LESIONES INTENCIONALES",
              "LESIONES INTENCIONALES Y ROBO DE VEHICULO"
            ],
            "life.injury.intentional.firearm": [
              "LESIONES INTENCIONALES POR ARMA DE FUEGO"
            ],
            "life.injury.intentional.blade": [
              "LESIONES INTENCIONALES POR ARMA BLANCA"
            ],
            "life.injury.intentional.other_means": [
              "LESIONES DOLOSAS POR QUEMADURAS",
              "LESIONES INTENCIONALES POR GOLPES"
            ],
            "life.injury.negligent": [
              "LESIONES CULPOSAS",
              "LESIONES CULPOSAS ACCIDENTE LABORAL",
              "LESIONES CULPOSAS CON EXCLUYENTES DE RESPONSABILIDAD",
              "LESIONES CULPOSAS POR CAIDA",
              "LESIONES CULPOSAS POR CAIDA DE VEHÍCULO EN MOVIMIENTO",
              "LESIONES CULPOSAS POR QUEMADURAS"
            ],
            "life.injury.negligent.traffic": [
              "LESIONES CULPOSAS POR TRANSITO VEHICULAR",
              "LESIONES CULPOSAS POR TRANSITO VEHICULAR EN COLISION"
            ],
            "life.femicide.femicide": [
              "FEMINICIDIO"
            ],
            "life.femicide.femicide.firearm": [
              "FEMINICIDIO POR DISPARO DE ARMA DE FUEGO"
            ],
            "life.femicide.femicide.blade": [
              "FEMINICIDIO POR ARMA BLANCA"
            ],
            "life.femicide.femicide.other_means": [
              "FEMINICIDIO POR GOLPES"
            ],
            "life.abortion": [
              "ABORTO"
            ],
            "life.other": [
              "OMISION DE AUXILIO O DE CUIDADO",
              "PELIGRO DE CONTAGIO"
            ],
            "liberty": [
              "PRIV. ILEGAL DE LA LIB. Y ROBO DE VEHICULO",
              "PRIVACION DE LA LIBERTAD PERSONAL (REALIZAR ACTO SEXUAL)"
            ],
            "liberty.kidnapping.kidnapping": [
              "PLAGIO O SECUESTRO"
            ],
            "liberty.kidnapping.kidnapping.extortive": [
              "SECUESTRO EXTORSIVO"
            ],
            "liberty.kidnapping.kidnapping.express": [
              "SECUESTRO EXPRESS (PARA COMETER ROBO O EXTORSIÓN)"
            ],
            "liberty.child_trafficking": [
              "TRAFICO DE INFANTES"
            ],
            "liberty.other": [
              "PRIVACION DE LA LIBERTAD PERSONAL",
              "PRIVACIÓN DE LA LIBERTAD PERSONAL ( SI LIBERA DENTRO DE 24 HORAS)",
              "RETENCIÓN DE MENORES",
              "RETENCIÓN O SUSTRACCIÓN DE MENORES INCAPACES",
              "SUSTRACCIÓN DE MENORES"
            ],
            "sexual": [
              "TENTATIVA DE VIOLACION",
              "VIOLACION EQUIPARADA Y ROBO DE VEHICULO",
              "VIOLACION TUMULTUARIA",
              "VIOLACION TUMULTUARIA EQUIPARADA",
              "VIOLACION TUMULTUARIA EQUIPARADA POR CONOCIDO"
            ],
            "sexual.abuse": [
              "ABUSO SEXUAL"
            ],
            "sexual.harassment": [
              "ACOSO SEXUAL",
              "ACOSO SEXUAL AGRAVADO EN CONTRA DE MENORES"
            ],
            "sexual.rape": [
              "VIOLACION"
            ],
            "sexual.equated_rape": [
              "VIOLACION EQUIPARADA",
              "VIOLACION EQUIPARADA POR CONOCIDO"
            ],
            "sexual.other": [
              "CONTRA LA INTIMIDAD SEXUAL",
              "ESTUPRO",
              "LENOCINIO"
            ],
            "property": [
              "TENTATIVA DE EXTORSION",
              "TENTATIVA DE FRAUDE",
              "TENTATIVA DE ROBO",
              "TENTATIVA DE ROBO DE VEHICULO"
            ],
            "property.robbery": [
              "ROBO A CASA HABITACION Y VEHICULO CON VIOLENCIA",
              "ROBO A CASA HABITACION Y VEHICULO SIN VIOLENCIA",
              "ROBO A LOCALES SEMIFIJOS (PUESTOS DE ALIMENTOS,BEBIDAS, ENSERES, PERIODICOS,LOTERIA, OTROS)",
              "ROBO A NEGOCIO Y VEHICULO CON VIOLENCIA",
              "ROBO A NEGOCIO Y VEHICULO SIN VIOLENCIA",
              "ROBO A OFICINA PÚBLICA CON VIOLENCIA",
              "ROBO A OFICINA PÚBLICA SIN VIOLENCIA",
              "ROBO A PASAJERO A BORDO DE PESERO Y VEHICULO CON VIOLENCIA",
              "ROBO A REPARTIDOR CON VIOLENCIA",
              "ROBO A REPARTIDOR SIN VIOLENCIA",
              "ROBO A REPARTIDOR Y VEHICULO CON VIOLENCIA",
              "ROBO A REPARTIDOR Y VEHICULO SIN VIOLENCIA",
              "ROBO A TRANSEUNTE DE CELULAR CON VIOLENCIA",
              "ROBO A TRANSEUNTE DE CELULAR SIN VIOLENCIA",
              "ROBO A TRANSEUNTE Y VEHICULO CON VIOLENCIA",
              "ROBO A TRANSPORTISTA Y VEHICULO PESADO CON VIOLENCIA",
              "ROBO A TRANSPORTISTA Y VEHICULO PESADO SIN VIOLENCIA",
              "ROBO DE ANIMALES",
              "ROBO DE ARMA",
              "ROBO DE CONTENEDORES DE TRAILERS S/V",
              "ROBO DE FLUIDOS",
              "ROBO DE MERCANCIA EN CONTENEDEROS EN ÁREAS FEDERALES",
              "ROBO DE OBJETOS A ESCUELA",
              "ROBO DE OBJETOS DEL INTERIOR DE UN VEHICULO",
              "ROBO DE PLACA DE AUTOMOVIL",
              "ROBO DE VEHICULO ELECTRICO MOTOPATIN",
              "ROBO DURANTE TRASLADO DE VALORES (NOMINA) CON VIOLENCIA",
              "ROBO DURANTE TRASLADO DE VALORES (NOMINA) SIN VIOLENCIA",
              "ROBO EN EVENTOS MASIVOS (DEPORTIVOS, CULTURALES, RELIGIOSOS Y ARTISTICOS) S/V",
              "ROBO EN INTERIOR DE EMPRESA (NOMINA) CON VIOLENCIA",
              "ROBO EN INTERIOR DE EMPRESA (NOMINA) SIN VIOLENCIA",
              "ROBO S/V DENTRO DE NEGOCIOS, AUTOSERVICIOS, CONVENIENCIA"
            ],
            "property.robbery.home.violent": [
              "ROBO A CASA HABITACION CON VIOLENCIA"
            ],
            "property.robbery.home.nonviolent": [
              "ROBO A CASA HABITACION SIN VIOLENCIA"
            ],
            "property.robbery.motor_vehicle": [
              "ROBO DE VEHICULO DE SERVICIO DE TRANSPORTE CON VIOLENCIA",
              "ROBO DE VEHICULO DE SERVICIO DE TRANSPORTE SIN VIOLENCIA",
              "ROBO DE VEHICULO DE SERVICIO OFICIAL CON VIOLENCIA",
              "ROBO DE VEHICULO DE SERVICIO OFICIAL SIN VIOLENCIA",
              "ROBO DE VEHICULO DE SERVICIO PÚBLICO CON VIOLENCIA",
              "ROBO DE VEHICULO DE SERVICIO PÚBLICO SIN VIOLENCIA",
              "ROBO DE VEHICULO EN PENSION, TALLER Y AGENCIAS C/V",
              "ROBO DE VEHICULO EN PENSION, TALLER Y AGENCIAS S/V"
            ],
            "property.robbery.motor_vehicle.car_violent": [
              "ROBO DE VEHICULO DE SERVICIO PARTICULAR CON VIOLENCIA"
            ],
            "property.robbery.motor_vehicle.car_nonviolent": [
              "ROBO DE VEHICULO DE SERVICIO PARTICULAR SIN VIOLENCIA"
            ],
            "property.robbery.motor_vehicle.motorcycle_violent": [
              "ROBO DE MOTOCICLETA CON VIOLENCIA"
            ],
            "property.robbery.motor_vehicle.motorcycle_nonviolent": [
              "ROBO DE MOTOCICLETA SIN VIOLENCIA"
            ],
            "property.robbery.vehicle_parts": [
              "ROBO DE ACCESORIOS DE AUTO"
            ],
            "property.robbery.carrier.violent": [
              "ROBO DE MERCANCIA A TRANSPORTISTA C/V"
            ],
            "property.robbery.passerby_street.violent": [
              "ROBO A TRANSEUNTE EN VIA PUBLICA (NOMINA) CON VIOLENCIA",
              "ROBO A TRANSEUNTE EN VIA PUBLICA CON VIOLENCIA",
              "ROBO A TRANSEUNTE SALIENDO DEL BANCO CON VIOLENCIA",
              "ROBO A TRANSEUNTE SALIENDO DEL CAJERO CON VIOLENCIA"
            ],
            "property.robbery.passerby_street.nonviolent": [
              "ROBO A TRANSEUNTE EN VIA PUBLICA SIN VIOLENCIA"
            ],
            "property.robbery.passerby_open_place.violent": [
              "ROBO A TRANSEUNTE EN CINE CON VIOLENCIA",
              "ROBO A TRANSEUNTE EN HOTEL CON VIOLENCIA",
              "ROBO A TRANSEUNTE EN NEGOCIO CON VIOLENCIA",
              "ROBO A TRANSEUNTE EN PARQUES Y MERCADOS CON VIOLENCIA",
              "ROBO A TRANSEUNTE EN RESTAURANT CON VIOLENCIA",
              "ROBO A TRANSEUNTE EN TERMINAL DE PASAJEROS CON VIOLENCIA"
            ],
            "property.robbery.public_transport_individual.violent": [
              "ROBO A TRANSEUNTE A BORDO DE TAXI PÚBLICO Y PRIVADO CON VIOLENCIA",
              "ROBO A TRANSEUNTE CONDUCTOR DE TAXI PUBLICO Y PRIVADO CON VIOLENCIA"
            ],
            "property.robbery.public_transport_individual.nonviolent": [
              "ROBO A TRANSEUNTE A BORDO DE TAXI PUBLICO Y PRIVADO SIN VIOLENCIA"
            ],
            "property.robbery.public_transport_collective.violent": [
              "ROBO A PASAJERO A BORDO DE CABLEBUS CON VIOLENCIA",
              "ROBO A PASAJERO A BORDO DE METRO CON VIOLENCIA",
              "ROBO A PASAJERO A BORDO DE METROBUS CON VIOLENCIA",
              "ROBO A PASAJERO A BORDO DE PESERO COLECTIVO CON VIOLENCIA",
              "ROBO A PASAJERO A BORDO DE TRANSPORTE PÚBLICO CON VIOLENCIA",
              "ROBO A PASAJERO EN AUTOBÚS FORÁNEO CON VIOLENCIA",
              "ROBO A PASAJERO EN ECOBUS CON VIOLENCIA",
              "ROBO A PASAJERO EN RTP CON VIOLENCIA",
              "ROBO A PASAJERO EN TREN LIGERO CON VIOLENCIA",
              "ROBO A PASAJERO EN TREN SUBURBANO CON VIOLENCIA",
              "ROBO A PASAJERO EN TROLEBUS CON VIOLENCIA"
            ],
            "property.robbery.public_transport_collective.nonviolent": [
              "ROBO A PASAJERO A BORDO DE CABLEBUS SIN VIOLENCIA",
              "ROBO A PASAJERO A BORDO DE METRO SIN VIOLENCIA",
              "ROBO A PASAJERO A BORDO DE METROBUS SIN VIOLENCIA",
              "ROBO A PASAJERO A BORDO DE PESERO COLECTIVO SIN VIOLENCIA",
              "ROBO A PASAJERO A BORDO DE TRANSPORTE PÚBLICO SIN VIOLENCIA",
              "ROBO A PASAJERO EN AUTOBUS FORANEO SIN VIOLENCIA",
              "ROBO A PASAJERO EN ECOBUS SIN VIOLENCIA",
              "ROBO A PASAJERO EN RTP SIN VIOLENCIA",
              "ROBO A PASAJERO EN TREN LIGERO SIN VIOLENCIA",
              "ROBO A PASAJERO EN TREN SUBURBANO SIN VIOLENCIA",
              "ROBO A PASAJERO EN TROLEBUS SIN VIOLENCIA"
            ],
            "property.robbery.private_transport.violent": [
              "ROBO A PASAJERO / CONDUCTOR DE VEHICULO CON VIOLENCIA"
            ],
            "property.robbery.bank.violent": [
              "ROBO A SUCURSAL BANCARIA CON VIOLENCIA",
              "ROBO A SUCURSAL BANCARIA DENTRO DE TIENDAS DE AUTOSERVICIO CON VIOLENCIA"
            ],
            "property.robbery.bank.nonviolent": [
              "ROBO A SUCURSAL BANCARIA (SUPERMERCADO) SIN VIOLENCIA",
              "ROBO A SUCURSAL BANCARIA DENTRO DE TIENDAS DE AUTOSERVICIO S/V",
              "ROBO A SUCURSAL BANCARIA SIN VIOLENCIA"
            ],
            "property.robbery.business.violent": [
              "ROBO A NEGOCIO CON VIOLENCIA",
              "ROBO A NEGOCIO CON VIOLENCIA POR FARDEROS (TIENDAS DE AUTOSERVICIO)",
              "ROBO A NEGOCIO CON VIOLENCIA POR FARDEROS (TIENDAS DE CONVENIENCIA)"
            ],
            "property.robbery.business.nonviolent": [
              "ROBO A NEGOCIO SIN VIOLENCIA",
              "ROBO A NEGOCIO SIN VIOLENCIA POR FARDEROS",
              "ROBO A NEGOCIO SIN VIOLENCIA POR FARDEROS (TIENDAS DE AUTOSERVICIO)",
              "ROBO A NEGOCIO SIN VIOLENCIA POR FARDEROS (TIENDAS DE CONVENIENCIA)"
            ],
            "property.robbery.machinery": [
              "ROBO DE MAQUINARIA CON VIOLENCIA",
              "ROBO DE MAQUINARIA SIN VIOLENCIA"
            ],
            "property.robbery.other": [
              "ROBO DE ALHAJAS",
              "ROBO DE DINERO",
              "ROBO DE DOCUMENTOS",
              "ROBO DE OBJETOS",
              "ROBO DE VEHICULO DE PEDALES"
            ],
            "property.fraud": [
              "FRAUDE"
            ],
            "property.breach_of_trust": [
              "ABUSO DE CONFIANZA"
            ],
            "property.extortion": [
              "EXTORSION"
            ],
            "property.damage": [
              "DAÑO EN PROPIEDAD AJENA CULPOSA",
              "DAÑO EN PROPIEDAD AJENA CULPOSA POR TRÁNSITO VEHICULAR A AUTOMOVIL",
              "DAÑO EN PROPIEDAD AJENA CULPOSA POR TRÁNSITO VEHICULAR A BIENES INMUEBLES",
              "DAÑO EN PROPIEDAD AJENA CULPOSA POR TRÁNSITO VEHICULAR A VIAS DE COMUNICACION",
              "DAÑO EN PROPIEDAD AJENA INTENCIONAL",
              "DAÑO EN PROPIEDAD AJENA INTENCIONAL A AUTOMOVIL",
              "DAÑO EN PROPIEDAD AJENA INTENCIONAL A BIENES INMUEBLES",
              "DAÑO EN PROPIEDAD AJENA INTENCIONAL A CASA HABITACION",
              "DAÑO EN PROPIEDAD AJENA INTENCIONAL A NEGOCIO",
              "DAÑO EN PROPIEDAD AJENA INTENCIONAL A VIAS DE COMUNICACION"
            ],
            "property.dispossession": [
              "DESPOJO"
            ],
            "family.domestic_violence": [
              "VIOLENCIA FAMILIAR"
            ],
            "family.maintenance": [
              "CONTRA EL CUMPLIMIENTO DE LA OBLIGACION ALIMENTARIA"
            ],
            "family.other": [
              "BIGAMIA",
              "CONTRA EL ESTADO CIVIL"
            ],
            "society": [
              "EXPLOTACIÓN LABORAL DE MENORES, PERSONAS CON DISCAPACIDAD FÍSICA O MENTAL Y ADULTOS MAYORES",
              "PORNOGRAFÍA"
            ],
            "society.corruption_of_minors": [
              "CORRUPCION DE MENORES E INCAPACES",
              "CORRUPCIÓN DE PERSONAS MENORES DE EDAD O PERSONAS QUE NO TENGAN CAPACIDAD PARA COMPRENDER EL \#
        SIGNIFICADO DEL HECHO O DE PERSONAS QUE NO TENGAN CAPACIDAD DE RESISTIR LA CONDUCTA"
            ],
            "society.human_trafficking": [
              "TRATA DE PERSONAS"
            ],
            "society.other": [
              "DISCRIMINACION"
            ],
            "other": [
              "DELITOS DE ABOGADOS, PATRONOS, LITIGANTES Y ASESORES JURIDICOS",
              "LA ADMINISTRACION DE JUSTICIA",
              "MALTRATO ANIMAL",
              "TORTURA"
            ],
            "other.drug_dealing": [
              "NARCOMENUDEO POSESION SIMPLE",
              "NARCOMENUDEO POSESIÓN CON FINES DE VENTA, COMERCIO Y SUMINISTRO"
            ],
            "other.threats": [
              "AMENAZAS"
            ],
            "other.trespass": [
              "ALLANAMIENTO DE MORADA, DESPACHO, OFICINA O ESTABLECIMIENTO MERCANTIL"
            ],
            "other.escape": [
              "EVASION DE PRESOS"
            ],
            "other.false_statement": [
              "FALSEDAD ANTE AUTORIDADES"
            ],
            "other.forgery": [
              "FALSIFICACION O ALTERACION Y USO INDEBIDO DE DOCUMENTOS",
              "FALSIFICACIÓN DE SELLOS, MARCAS, LLAVES, CUÑOS, TROQUELES, CONTRASEÑAS Y OTROS",
              "PRODUCCIÓN, IMPRESIÓN, ENAJENACIÓN, DISTRIBUCIÓN, ALTERACIÓN O FALSIFICACIÓN DE TÍTULOS AL \#
        PORTADOR, DOCUMENTOS DE CRÉDITO PÚBLICOS O VALES DE CANJE",
              "USO DE DOCUMENTO FALSO"
            ],
            "other.environment": [
              "CAMBIO DE USO DE SUELO",
              "CONTAMINACIÓN O RESIDUOS",
              "DAÑO SUELO (ACTIVIDAD, INVASIÓN O EXTRACCIÓN)",
              "DELITOS AMBIENTALES",
              "GESTIÓN AMBIENTAL",
              "OTROS AMBIENTALES",
              "TALA"
            ],
            "other.public_servants": [
              "ABUSO DE AUTORIDAD Y USO ILEGAL DE LA FUERZA PUBLICA",
              "COALICIÓN DE SERVIDORES PÚBLICOS",
              "COHECHO",
              "CONCUSION",
              "EJERCICIO ILEGAL Y ABANDONO DEL SERVICIO PUBLICO",
              "ENRIQUECIMIENTO ILICITO",
              "NEGACION DEL SERVICIO PUBLICO",
              "PECULADO",
              "TRAFICO DE INFLUENCIA",
              "USO INDEBIDO DE ATRIBUCIONES Y FACULTADES"
            ],
            "other.electoral": [
              "DELITOS ELECTORALES"
            ],
            "other.other": [
              "ATAQUE A LAS VIAS DE COMUNICACION (DAÑO A VIAS O MEDIOS DE TRANSPORTE)",
              "ATAQUE A LAS VIAS GENERALES DE COMUNICACIÓN",
              "COBRANZA ILEGITIMA",
              "CONTRA FUNCIONARIOS PUBLICOS",
              "DESOBEDENCIA DE PARTICULARES",
              "DESOBEDIENCIA Y RESISTENCIA DE PARTICULARES",
              "ENCUBRIMIENTO",
              "ENCUBRIMIENTO POR FAVORECIMIENTO",
              "ENCUBRIMIENTO POR FAVORECIMIENTO Y RECEPTACIÓN",
              "INHUMACION, EXHUMACION Y RESPETO A LOS CADAVERES O RESTOS HUMANOS",
              "OPOSICION A QUE SE EJECUTE ALGUNA OBRA O TRABAJO PUBLICOS",
              "QUEBRANTAMIENTO DE SELLOS",
              "RESPONSABILIDAD PROFESIONAL Y TECNICA",
              "REVELACION DE SECRETOS",
              "USURPACION DE FUNCIONES PUBLICAS",
              "USURPACION DE PROFESION",
              "USURPACIÓN DE IDENTIDAD",
              "VARIACION DE NOMBRE O DOMICILIO",
              "VIOLACION DE CORRESPONDENCIA"
            ]
          },
          "sensitive": [
            "RETENCIÓN DE MENORES",
            "RETENCIÓN O SUSTRACCIÓN DE MENORES INCAPACES",
            "SUSTRACCIÓN DE MENORES",
            "PRIVACION DE LA LIBERTAD PERSONAL (REALIZAR ACTO SEXUAL)",
            "TENTATIVA DE FEMINICIDIO",
            "PORNOGRAFÍA",
            "EXPLOTACIÓN LABORAL DE MENORES, PERSONAS CON DISCAPACIDAD FÍSICA O MENTAL Y ADULTOS MAYORES"
          ]
        }
        """#
}
